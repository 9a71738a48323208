namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>The latest records of a key: how many parts there are since its last window, and its parts.</summary>
internal sealed class LatestPartsCodec<TAcc>(Codec<TAcc> accumulators, long partsOfWindow, long partsOfSlide) : Codec<LatestParts<TAcc>>
{
    public override Schema Schema => new("parts", [new SchemaMember(PaneSchema.Accumulator, accumulators.Schema)]);

    public override void Write(ref MessagePackWriter writer, in LatestParts<TAcc> value)
    {
        writer.Write(value.SinceWindow);
        writer.WriteArrayHeader(value.Count);
        for (var i = 0; i < value.Count; i++)
        {
            accumulators.Write(ref writer, value[i]);
        }
    }

    public override LatestParts<TAcc> Read(ref MessagePackReader reader)
    {
        var latest = new LatestParts<TAcc> { SinceWindow = reader.ReadBounded(0, partsOfSlide - 1) };
        var parts = reader.ReadArrayHeader();
        for (var i = 0; i < parts; i++)
        {
            latest.Add(accumulators.Read(ref reader), partsOfWindow);
        }

        return latest;
    }
}
