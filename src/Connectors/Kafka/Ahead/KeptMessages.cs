using System.Buffers;
using System.Globalization;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Reading;
using Weir.KafkaLog.Writing;

namespace Weir.KafkaLog.Ahead;

/// <summary>The messages of one transaction, as its checkpoint will hold them.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="shape">The form of a message.</param>
/// <param name="limits">How much there may be.</param>
/// <param name="target">The topic and the cluster, for messages.</param>
internal sealed class KeptMessages<T>(KafkaMessageShape<T> shape, KeptLimits limits, string target)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly ArrayBufferWriter<byte> _part = new();

    /// <summary>Gets how many messages there are.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the messages, one behind the other.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Adds the message of a record.</summary>
    /// <exception cref="RefusedRecordException">No topic takes it, or there are too many.</exception>
    public void Add(in T record) => AddFitted(shape.FitPart is { } fit ? fit(record, limits.BytesOfMessage - shape.ReservedBytes) : record);

    private void AddFitted(in T record)
    {
        var writer = new MessagePackWriter(_bytes);
        writer.WriteArrayHeader(KeptMessage.Parts);
        writer.Write(shape.TopicPart?.Invoke(record) ?? shape.TopicName);
        writer.Write(shape.PartitionPart?.Invoke(record) ?? KeptMessage.AnyPartition);
        writer.Write(shape.TimeOf(record) ?? KeptMessage.Now);
        _part.ResetWrittenCount();
        var hasKey = shape.WriteKey(record, _part);
        var key = _part.WrittenCount;
        WritePart(ref writer, hasKey, _part.WrittenSpan);
        var hasValue = shape.WriteValue(record, _part);
        WritePart(ref writer, hasValue, _part.WrittenSpan[key..]);
        var headers = shape.HeaderPart?.Invoke(record);
        WriteHeaders(ref writer, headers);
        writer.Flush();
        Count++;
        Check(_part.WrittenSpan, key, headers);
    }

    private static void WritePart(ref MessagePackWriter writer, bool hasPart, ReadOnlySpan<byte> bytes)
    {
        if (hasPart)
        {
            writer.Write(bytes);
        }
        else
        {
            writer.WriteNil();
        }
    }

    private static void WriteHeaders(ref MessagePackWriter writer, KafkaHeaders? headers)
    {
        writer.WriteArrayHeader(headers?.Count ?? 0);
        foreach (var (name, value) in headers ?? KafkaHeaders.Empty)
        {
            writer.WriteArrayHeader(2);
            writer.Write(name);
            writer.Write(value);
        }
    }

    // Now, and not when the checkpoint exists already: it could never be committed then.
    private void Check(ReadOnlySpan<byte> part, int key, KafkaHeaders? headers)
    {
        if (MessageSize.Of(key, part.Length - key, headers) + shape.ReservedBytes is var size && size > limits.BytesOfMessage)
        {
            throw new RefusedRecordException(
                $"A record for {target} is too large: its key begins with {MalformedMessage.Excerpt(part[..key])}, key and value have "
                    + $"{part.Length} bytes, with headers and what belongs to each message up to {Text(size)}, and it may have "
                    + $"{Text(limits.BytesOfMessage)}. That follows from max.message.bytes of the topic and message.max.bytes of the "
                    + "producer, where it is set. Raise them, or write smaller records.");
        }

        if (_bytes.WrittenCount > limits.BytesOfTransaction)
        {
            throw new RefusedRecordException(
                $"{Text(Count)} records for {target} wait for the next checkpoint and have {Text(_bytes.WrittenCount)} bytes, more than "
                    + $"{nameof(KafkaWriteAheadOptions)}.{nameof(KafkaWriteAheadOptions.MaxBytesPerCheckpoint)} allows, which is "
                    + $"{Text(limits.BytesOfTransaction)}. They are kept in memory and become part of the checkpoint. Take checkpoints "
                    + "more often, use more subtasks, or raise the limit; or write by Kafka.Write, which sends records as they come.");
        }
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>How much may wait for a checkpoint.</summary>
/// <param name="BytesOfTransaction">All messages of a subtask between two barriers.</param>
/// <param name="BytesOfMessage">One of them, as <see cref="MessageSize"/> counts it.</param>
internal readonly record struct KeptLimits(long BytesOfTransaction, long BytesOfMessage);

/// <summary>A message that a checkpoint has kept.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition; −1 leaves it to the key.</param>
/// <param name="Time">Milliseconds of Unix; null for when it is written.</param>
/// <param name="Key">The key; null for none.</param>
/// <param name="Value">The value; null for a tombstone.</param>
/// <param name="Headers">The headers.</param>
internal readonly record struct KeptMessage(
    string Topic, int Partition, long? Time, byte[]? Key, byte[]? Value, KafkaHeaders Headers)
{
    public const int Parts = 6;
    public const int AnyPartition = -1;
    public const long Now = long.MinValue;

    /// <summary>Reads the next one.</summary>
    public static KeptMessage Read(ref MessagePackReader reader)
    {
        reader.ReadArrayOf(Parts);
        var (topic, partition, time) = (reader.ReadString()!, reader.ReadInt32(), reader.ReadInt64());
        var (key, value) = (reader.ReadBytes()?.ToArray(), reader.ReadBytes()?.ToArray());
        var headers = new KafkaHeader[reader.ReadArrayHeader()];
        for (var i = 0; i < headers.Length; i++)
        {
            reader.ReadArrayOf(2);
            headers[i] = new KafkaHeader(reader.ReadString()!, reader.ReadBytes()?.ToArray());
        }

        return new KeptMessage(topic, partition, time == Now ? null : time, key, value, new KafkaHeaders(headers));
    }
}
