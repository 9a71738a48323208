using System.Buffers;

namespace Weir.Runtime.Operators.Sources;

/// <summary>What a checkpoint holds of the splits of a source that nobody has begun, found and to be found.</summary>
/// <param name="Unread">Found, in the order in which they should be read.</param>
/// <param name="Discovery">What the discovery goes on from.</param>
/// <param name="AskAgainIn">When to ask it again; null if it has found everything.</param>
/// <param name="Sample">One split that was found, read or not; none if none was. A source that does not read it is another one.</param>
internal sealed record BoardState<TSplit>(
    IReadOnlyList<TSplit> Unread, ReadOnlyMemory<byte> Discovery, TimeSpan? AskAgainIn, IReadOnlyList<TSplit> Sample);

/// <summary>Writes and reads <see cref="BoardState{TSplit}"/>.</summary>
internal sealed class BoardStateCodec<TSplit>(Codec<TSplit> splits) : Codec<BoardState<TSplit>>
{
    public override Schema Schema { get; } = new(
        "split-board",
        [
            new("unread", new Schema("list", [new("split", splits.Schema)]) { Kind = SchemaKind.List }),
            new("discovery", Schema.Of("bytes")),
            new("again", Schema.Of("long")),
            new("sample", new Schema("list", [new("split", splits.Schema)]) { Kind = SchemaKind.List }),
        ])
    {
        Kind = SchemaKind.Object,
    };

    public override void Write(ref MessagePackWriter writer, in BoardState<TSplit> value)
    {
        writer.WriteArrayHeader(4);
        Write(ref writer, value.Unread);
        writer.Write(value.Discovery.Span);
        writer.Write(value.AskAgainIn?.Ticks ?? -1);
        Write(ref writer, value.Sample);
    }

    public override BoardState<TSplit> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(4);
        var unread = ReadAll(ref reader);
        var discovery = reader.ReadBytes()?.ToArray() ?? [];
        var again = reader.ReadInt64();
        return new BoardState<TSplit>(unread, discovery, again < 0 ? null : new TimeSpan(again), ReadAll(ref reader));
    }

    private void Write(ref MessagePackWriter writer, IReadOnlyList<TSplit> all)
    {
        writer.WriteArrayHeader(all.Count);
        foreach (var split in all)
        {
            splits.Write(ref writer, split);
        }
    }

    private TSplit[] ReadAll(ref MessagePackReader reader)
    {
        var all = new TSplit[reader.ReadArrayHeader()];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = splits.Read(ref reader);
        }

        return all;
    }
}
