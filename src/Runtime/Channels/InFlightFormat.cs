using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>
/// How what is in flight lies in a checkpoint: the mark in the manifest, and the elements one behind the other, each with its length and
/// its channel in front (four bytes each, little-endian), then MessagePack.
/// </summary>
internal static class InFlightFormat<T>
{
    private const string Records = "records";
    private const int HeaderBytes = 8;
    private const int MaxInlineBytes = 4096;

    /// <summary>Gets the wire form of the records.</summary>
    public static SchemaMember Schema => new(Records, Codecs.Of<T>().Schema);

    /// <summary>Writes the mark now, and the elements on the work pool.</summary>
    public static void Write(InFlightMark mark, IReadOnlyList<InFlightElement<T>> elements, OperatorStateWriter writer)
    {
        writer.AddItem(InFlightMarkCodec.Instance, mark);
        if (elements.Count > 0)
        {
            writer.AddFilesLater((files, cancellation) => WriteAsync(elements, files, cancellation));
        }
    }

    /// <summary>Reads the elements of one end.</summary>
    /// <param name="state">What was stored.</param>
    /// <param name="wants">Whether the elements of a channel are asked for: others are not decoded.</param>
    public static IEnumerable<InFlightElement<T>> Read(OperatorState state, Func<int, bool> wants)
    {
        var codec = state.Forms.Reading(Records, Codecs.Of<T>());
        var header = new byte[HeaderBytes];
        foreach (var stored in state.Files)
        {
            using var stream = stored.Open();
            while (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) is not 0)
            {
                var length = BinaryPrimitives.ReadInt32LittleEndian(header);
                var channel = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(sizeof(int)));
                var bytes = new byte[length];
                stream.ReadExactly(bytes);
                if (wants(channel))
                {
                    yield return new InFlightElement<T>(channel, Decode(bytes, codec));
                }
            }
        }
    }

    private static async ValueTask<IReadOnlyList<StateHandle>> WriteAsync(
        IReadOnlyList<InFlightElement<T>> elements, ISnapshotFiles files, CancellationToken cancellation)
    {
        var codec = Codecs.Of<T>();
        var first = new ArrayBufferWriter<byte>();
        var next = 0;
        while (next < elements.Count && first.WrittenCount <= MaxInlineBytes)
        {
            Encode(first, elements[next++], codec);
        }

        return next == elements.Count && first.WrittenCount <= MaxInlineBytes
            ? [new StateHandle.Inline(first.WrittenMemory)]
            : [await files.WriteAsync(WriteAllAsync, cancellation).ConfigureAwait(false)];

        async ValueTask WriteAllAsync(Stream stream, CancellationToken stop)
        {
            await stream.WriteAsync(first.WrittenMemory, stop).ConfigureAwait(false);
            for (; next < elements.Count; next++)
            {
                first.ResetWrittenCount();
                Encode(first, elements[next], codec);
                await stream.WriteAsync(first.WrittenMemory, stop).ConfigureAwait(false);
            }
        }
    }

    private static void Encode(ArrayBufferWriter<byte> buffer, in InFlightElement<T> inFlight, Codec<T> codec)
    {
        // The length is written when it is known: the bytes of a batch are many, and are not copied.
        var begin = buffer.WrittenCount;
        buffer.GetSpan(HeaderBytes);
        buffer.Advance(HeaderBytes);
        var writer = new MessagePackWriter(buffer);
        var element = inFlight.Element;
        writer.WriteArrayHeader(2);
        writer.Write((int)element.Kind);
        switch (element.Kind)
        {
            case ElementKind.Batch:
                Write(ref writer, element.Batch!, codec);
                break;
            case ElementKind.Watermark:
                writer.Write(element.Watermark.Time);
                break;
            case ElementKind.Notice:
                Write(ref writer, (LaneNotice)element.Notice!);
                break;
            default:
                writer.Write(0);
                break;
        }

        writer.Flush();
        var header = MemoryMarshal.AsMemory(buffer.WrittenMemory).Span[begin..];
        BinaryPrimitives.WriteInt32LittleEndian(header, buffer.WrittenCount - begin - HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header[sizeof(int)..], inFlight.Channel);
    }

    private static void Write(ref MessagePackWriter writer, Batch<T> batch, Codec<T> codec)
    {
        writer.WriteArrayHeader(3);
        writer.Write(batch.Lane);
        writer.WriteArrayHeader(batch.Times.Length);
        foreach (var time in batch.Times)
        {
            writer.Write(time);
        }

        writer.WriteArrayHeader(batch.Count);
        foreach (ref readonly var value in batch.Values)
        {
            codec.Write(ref writer, value);
        }
    }

    private static void Write(ref MessagePackWriter writer, LaneNotice notice)
    {
        writer.WriteArrayHeader(notice.Lanes.Count);
        foreach (var news in notice.Lanes)
        {
            writer.WriteArrayHeader(5);
            writer.Write(news.Lane);
            writer.Write(news.Name);
            writer.Write(news.Label);
            writer.Write((int)news.Status);
            writer.Write(news.Begins);
        }
    }

    private static StreamElement<T> Decode(byte[] bytes, Codec<T> codec)
    {
        var reader = new MessagePackReader(bytes);
        reader.ReadArrayOf(2);
        return (ElementKind)reader.ReadInt32() switch
        {
            ElementKind.Batch => ReadBatch(ref reader, codec),
            ElementKind.Watermark => StreamElement<T>.Of(new Watermark(reader.ReadInt64())),
            ElementKind.Idle => StreamElement<T>.OfIdle(true),
            ElementKind.Active => StreamElement<T>.OfIdle(false),
            ElementKind.Notice => StreamElement<T>.Of(ReadNotice(ref reader)),
            var kind => throw new InvalidDataException($"an element in flight is of kind {kind}"),
        };
    }

    private static StreamElement<T> ReadBatch(ref MessagePackReader reader, Codec<T> codec)
    {
        reader.ReadArrayOf(3);
        var lane = reader.ReadInt32();
        var times = new long[reader.ReadArrayHeader()];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = reader.ReadInt64();
        }

        var count = reader.ReadArrayHeader();
        var batch = new Batch<T>(Math.Max(1, count)) { Lane = lane };
        for (var i = 0; i < count; i++)
        {
            var value = codec.Read(ref reader);
            if (times.Length > 0)
            {
                batch.Add(value, times[i]);
            }
            else
            {
                batch.Add(value);
            }
        }

        return StreamElement<T>.Of(batch);
    }

    private static LaneNotice ReadNotice(ref MessagePackReader reader)
    {
        var lanes = new List<LaneNews>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(5);
            var (lane, name, label) = (reader.ReadInt32(), reader.ReadString() ?? "", reader.ReadString() ?? "");
            lanes.Add(new LaneNews(lane, name, label, (LaneStatus)reader.ReadInt32(), reader.ReadBoolean()));
        }

        return new LaneNotice(lanes);
    }
}
