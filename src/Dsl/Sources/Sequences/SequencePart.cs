using System.Globalization;

namespace Weir;

/// <summary>The split of a source that is made in this process: one of several parts, or the whole.</summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct SequencePart(int Index, int Count)
{
    public static readonly SequencePart Whole = new(0, 1);

    public override string ToString() =>
        Count == 1 ? "all" : string.Create(CultureInfo.InvariantCulture, $"part {Index} of {Count}");
}

/// <summary>Stores <see cref="SequencePart"/>s in checkpoints.</summary>
internal sealed class SequencePartCodec : Codec<SequencePart>
{
    public static SequencePartCodec Instance { get; } = new();

    public override Schema Schema { get; } = new("Weir.SequencePart", [new("index", Schema.Of("int")), new("count", Schema.Of("int"))])
    {
        Kind = SchemaKind.Object,
    };

    public override void Write(ref MessagePackWriter writer, in SequencePart value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Index);
        writer.Write(value.Count);
    }

    public override SequencePart Read(ref MessagePackReader reader)
    {
        Wire.WireReading.ReadArrayOf(ref reader, 2);
        return new SequencePart(reader.ReadInt32(), reader.ReadInt32());
    }
}
