namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>A session as its start, its end and its accumulator. Timers are stored nowhere, nor which of them counts.</summary>
internal sealed class SessionCodec<TAcc>(Codec<TAcc> accumulators) : Codec<Session<TAcc>>
{
    public override Schema Schema { get; } = new("session", [new SchemaMember(PaneSchema.Accumulator, accumulators.Schema)]);

    public override void Write(ref MessagePackWriter writer, in Session<TAcc> value)
    {
        writer.Write(value.Start);
        writer.Write(value.End);
        accumulators.Write(ref writer, value.Accumulator);
    }

    public override Session<TAcc> Read(ref MessagePackReader reader)
    {
        var (start, end) = (reader.ReadInt64(), reader.ReadInt64());
        if (end < start)
        {
            throw new InvalidDataException($"It holds a session that ends at {end}, before it starts at {start}.");
        }

        return new Session<TAcc>
        {
            Start = start,
            End = end,
            Armed = Session<TAcc>.Unknown,
            Accumulator = accumulators.Read(ref reader),
        };
    }
}
