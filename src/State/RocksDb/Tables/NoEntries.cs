using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>The snapshot of a table whose entries are in the files that its backend writes.</summary>
internal sealed class NoEntries : KeyedSnapshot
{
    private NoEntries()
    {
    }

    /// <summary>Gets the only one.</summary>
    public static NoEntries Instance { get; } = new();

    public override long Count => 0;

    public override void Arrange(int keyGroupCount)
    {
    }

    public override bool Encode(int keyGroup, KeyGroupPiece piece) => true;
}
