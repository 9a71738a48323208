namespace Weir.Runtime.State.Tables;

/// <summary>The slots that the tables of one state take, spare ones included, and the keys in them.</summary>
/// <remarks>Written by the thread of the subtask. Metrics read it from another one, and may see it as it was a moment before.</remarks>
internal sealed class SlotAccount
{
    public long Slots { get; set; }

    /// <summary>Gets or sets the keys, counted anew in each namespace.</summary>
    public long Keys { get; set; }
}
