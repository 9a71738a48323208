using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>Stands where an operator has no state of some kind, so that the others keep their numbers in a checkpoint.</summary>
internal sealed class NoPart(string what) : KeyedPart
{
    public override KeyedSnapshot Snapshot(SnapshotCut cut) => new Nothing();

    public override void RestoreRemoval(ref MessagePackReader reader, RestoredGroup group, bool isNamespace) => Restore(ref reader, group);

    public override void Restore(ref MessagePackReader reader, RestoredGroup group) =>
        throw new InvalidDataException($"It holds {what}, which these windows do not have.");

    private sealed class Nothing : KeyedSnapshot
    {
        public override long Count => 0;

        public override void Arrange(int keyGroupCount)
        {
        }

        public override bool Encode(int keyGroup, KeyGroupPiece piece) => true;
    }
}
