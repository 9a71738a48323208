using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Handles;

/// <summary>A state that a checkpoint holds and the operator has no more: its entries are read over.</summary>
internal sealed class SkippedState<TKey>(Codec<TKey> keys) : KeyedPart
{
    public override KeyedSnapshot Snapshot(SnapshotCut cut) =>
        throw new InvariantException("a state that is gone was asked for a snapshot");

    public override void Restore(ref MessagePackReader reader, RestoredGroup group)
    {
        keys.Read(ref reader);
        reader.Skip();
    }

    public override void RestoreRemoval(ref MessagePackReader reader, RestoredGroup group, bool isNamespace)
    {
        if (!isNamespace)
        {
            keys.Read(ref reader);
        }
    }
}
