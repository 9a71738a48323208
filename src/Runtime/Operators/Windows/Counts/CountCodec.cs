namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>A counter as its number of records and its accumulator.</summary>
internal sealed class CountCodec<TAcc>(Codec<TAcc> accumulators, long size) : Codec<Counted<TAcc>>
{
    public override Schema Schema { get; } = new("counted", [new SchemaMember(PaneSchema.Accumulator, accumulators.Schema)]);

    public override void Write(ref MessagePackWriter writer, in Counted<TAcc> value)
    {
        writer.Write(value.Count);
        accumulators.Write(ref writer, value.Accumulator);
    }

    public override Counted<TAcc> Read(ref MessagePackReader reader) => new()
    {
        Count = reader.ReadBounded(0, size - 1),
        Accumulator = accumulators.Read(ref reader),
    };
}
