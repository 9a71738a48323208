using System.Buffers;
using System.Buffers.Binary;

namespace Weir.Runtime.Operators.Sources;

/// <summary>What a checkpoint holds of the splits of a source that nobody has begun, found and to be found.</summary>
/// <param name="Unread">Found, in the order in which they should be read, with how many splits were found before each.</param>
/// <param name="Discovery">What the discovery goes on from.</param>
/// <param name="AskAgainIn">When to ask it again; null if it has found everything.</param>
/// <param name="Sample">One split that was found, read or not; none if none was. A source that does not read it is another one.</param>
internal sealed record BoardState<TSplit>(
    IReadOnlyList<(long Ordinal, TSplit Split)> Unread, ReadOnlyMemory<byte> Discovery, TimeSpan? AskAgainIn, IReadOnlyList<TSplit> Sample);

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

            // Eight bytes for each that is unread. Not in checkpoints of Weir before splits in order of time were kept in order over a
            // restore: then they count on from 0.
            SchemaMember.Of<byte[]>("ordinals", []),
        ])
    {
        Kind = SchemaKind.Object,
    };

    public override void Write(ref MessagePackWriter writer, in BoardState<TSplit> value)
    {
        writer.WriteArrayHeader(5);
        Write(ref writer, [.. value.Unread.Select(static unread => unread.Split)]);
        writer.Write(value.Discovery.Span);
        writer.Write(value.AskAgainIn?.Ticks ?? -1);
        Write(ref writer, value.Sample);
        var ordinals = new byte[value.Unread.Count * sizeof(long)];
        for (var i = 0; i < value.Unread.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(ordinals.AsSpan(i * sizeof(long)), value.Unread[i].Ordinal);
        }

        writer.Write(ordinals);
    }

    public override BoardState<TSplit> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(5);
        var unread = ReadAll(ref reader);
        var discovery = reader.ReadBytes()?.ToArray() ?? [];
        var again = reader.ReadInt64();
        var sample = ReadAll(ref reader);
        var ordinals = reader.ReadBytes()?.ToArray() ?? [];
        if (ordinals.Length != 0 && ordinals.Length != unread.Length * sizeof(long))
        {
            throw new InvalidDataException($"It has {unread.Length} splits, and {ordinals.Length} bytes of ordinals.");
        }

        return new BoardState<TSplit>(
            [.. unread.Select((split, i) =>
                (ordinals.Length == 0 ? i : BinaryPrimitives.ReadInt64LittleEndian(ordinals.AsSpan(i * sizeof(long))), split))],
            discovery,
            again < 0 ? null : new TimeSpan(again),
            sample);
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
