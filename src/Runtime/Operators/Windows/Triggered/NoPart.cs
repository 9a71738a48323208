using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>Stands where an operator has no state of some kind, so that the others keep their numbers in a checkpoint.</summary>
internal sealed class NoPart(string what) : KeyedPart
{
    public override KeyedSnapshot Snapshot() => new Nothing();

    public override void Restore(ref MessagePackReader reader, int keyGroup, int keyGroupCount) =>
        throw new InvalidDataException($"It holds {what}, which these windows do not have.");

    private sealed class Nothing : KeyedSnapshot
    {
        public override bool IsLasting => true;

        public override void Arrange(int keyGroupCount)
        {
        }

        public override bool Encode(int keyGroup, KeyGroupPiece piece) => true;
    }
}
