namespace Weir.Runtime.State.Tables;

/// <summary>The slots that the tables of one state take, spare ones included.</summary>
internal sealed class SlotAccount
{
    public long Slots { get; set; }
}
