namespace Weir.Runtime.Channels;

/// <summary>What a manifest itself holds of one end of edges: enough to know whether anything was in flight.</summary>
/// <param name="Gate">What the gate knew at the cut (<see cref="GateState"/>); empty for a sender.</param>
/// <param name="Edges">The number of elements in flight, by edge.</param>
internal sealed record InFlightMark(ReadOnlyMemory<byte> Gate, IReadOnlyList<(string Edge, int Elements)> Edges);

/// <summary>Writes and reads <see cref="InFlightMark"/>.</summary>
internal sealed class InFlightMarkCodec : Codec<InFlightMark>
{
    public static readonly InFlightMarkCodec Instance = new();

    public override Schema Schema { get; } = Schema.Of("in-flight-mark");

    public override void Write(ref MessagePackWriter writer, in InFlightMark value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Gate.Span);
        writer.WriteArrayHeader(value.Edges.Count);
        foreach (var (edge, elements) in value.Edges)
        {
            writer.WriteArrayHeader(2);
            writer.Write(edge);
            writer.Write(elements);
        }
    }

    public override InFlightMark Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(2);
        var gate = reader.ReadBinary().ToArray();
        var edges = new List<(string, int)>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(2);
            edges.Add((reader.ReadString() ?? "", reader.ReadInt32()));
        }

        return new InFlightMark(gate, edges);
    }
}
