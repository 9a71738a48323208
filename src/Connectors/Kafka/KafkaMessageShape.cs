using System.Buffers;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Writing;

namespace Weir;

/// <summary>Says what of a record goes where in its message. All is optional but the topic.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed class KafkaMessageShape<T>
{
    internal KafkaMessageShape(string? topic) => TopicName = topic;

    internal string? TopicName { get; }

    internal KeyEncoder<T>? KeyPart { get; private set; }

    internal ValueEncoder<T>? ValuePart { get; private set; }

    internal Func<T, string>? TopicPart { get; private set; }

    internal Func<T, int>? PartitionPart { get; private set; }

    internal Func<T, DateTime?>? TimePart { get; private set; }

    internal Func<T, KafkaHeaders>? HeaderPart { get; private set; }

    internal Func<T, long, T>? FitPart { get; private set; }

    internal Func<T, bool>? TombstonePart { get; private set; }

    internal bool NamesTrace { get; private set; }

    /// <summary>Gets what is kept free of a message's limit, for the header that is added as it is written.</summary>
    internal int ReservedBytes => NamesTrace ? MessageSize.OfTraceParent : 0;

    /// <summary>The key: messages with equal keys go to one partition, as the Java client would choose it, and stay in order
    /// there.</summary>
    /// <typeparam name="TKey">The keys.</typeparam>
    /// <param name="key">The key of a record; a null is no key.</param>
    /// <param name="format">How it is written; null for texts, bytes and numbers as they are, all else as JSON.</param>
    /// <returns>This.</returns>
    public KafkaMessageShape<T> Key<TKey>(Func<T, TKey> key, IRecordFormat<TKey>? format = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var used = format ?? RecordFormats.DefaultOf<TKey>();
        KeyPart = (in T record, IBufferWriter<byte> output) =>
        {
            var value = key(record);
            if (value is null)
            {
                return false;
            }

            used.Write(value, output);
            return true;
        };
        return this;
    }

    /// <summary>The value. Without this it is the record as JSON.</summary>
    /// <typeparam name="TValue">The values.</typeparam>
    /// <param name="value">The value of a record; a null is a tombstone.</param>
    /// <param name="format">How it is written; null for texts, bytes and numbers as they are, all else as JSON.</param>
    /// <returns>This.</returns>
    public KafkaMessageShape<T> Value<TValue>(Func<T, TValue> value, IRecordFormat<TValue>? format = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        var used = format ?? RecordFormats.DefaultOf<TValue>();
        ValuePart = (in T record, IBufferWriter<byte> output) =>
        {
            var written = value(record);
            if (written is null)
            {
                return false;
            }

            used.Write(written, output);
            return true;
        };
        return this;
    }

    /// <summary>Records that are written as tombstones, without a value: what their key stood for is deleted.</summary>
    /// <param name="isDeleted">Whether a record is one.</param>
    /// <returns>This.</returns>
    public KafkaMessageShape<T> Tombstone(Func<T, bool> isDeleted)
    {
        TombstonePart = isDeleted;
        return this;
    }

    /// <summary>The topic, record by record.</summary>
    /// <param name="topic">The topic of a record: must exist.</param>
    /// <returns>This.</returns>
    public KafkaMessageShape<T> Topic(Func<T, string> topic)
    {
        TopicPart = topic;
        return this;
    }

    /// <summary>The partition, instead of that which the key's hash says.</summary>
    /// <param name="partition">The partition of a record; −1 leaves it to the key.</param>
    /// <returns>This.</returns>
    public KafkaMessageShape<T> Partition(Func<T, int> partition)
    {
        PartitionPart = partition;
        return this;
    }

    /// <summary>The message's time. Without this it is when the message is written.</summary>
    /// <param name="time">The time of a record. A kind of <see cref="DateTimeKind.Unspecified"/> counts as UTC.</param>
    /// <returns>This.</returns>
    public KafkaMessageShape<T> Time(Func<T, DateTime> time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return TimeIfAny(record => time(record));
    }

    /// <summary>The message's headers.</summary>
    /// <param name="headers">The headers of a record.</param>
    /// <returns>This.</returns>
    public KafkaMessageShape<T> Headers(Func<T, KafkaHeaders> headers)
    {
        HeaderPart = headers;
        return this;
    }

    /// <summary>
    /// Each message says which activity of the source <c>Weir.Kafka</c> wrote it, in the header <c>traceparent</c> (W3C Trace Context): a
    /// consumer that traces links to it.
    /// </summary>
    /// <remarks>
    /// While nobody listens, and for what is not sampled, messages have no such header and cost nothing more. With it each costs an
    /// allocation and a call of the client. Headers that have a <c>traceparent</c> of their own keep it.
    /// </remarks>
    /// <returns>This.</returns>
    public KafkaMessageShape<T> TraceParent()
    {
        NamesTrace = true;
        return this;
    }

    /// <summary>Writes the key of a record; false for none.</summary>
    internal bool WriteKey(in T record, IBufferWriter<byte> output) => KeyPart?.Invoke(record, output) == true;

    /// <summary>Writes the value of a record; false for a tombstone.</summary>
    internal bool WriteValue(in T record, IBufferWriter<byte> output) =>
        TombstonePart?.Invoke(record) != true && ValuePart!(record, output);

    /// <summary>The message's time, where it has one.</summary>
    internal KafkaMessageShape<T> TimeIfAny(Func<T, DateTime?> time)
    {
        TimePart = time;
        return this;
    }

    /// <summary>Cuts records whose messages are larger than they may be.</summary>
    internal KafkaMessageShape<T> Fit(Func<T, long, T> fit)
    {
        FitPart = fit;
        return this;
    }

    /// <summary>The time of a record's message in milliseconds of Unix; null for when it is written.</summary>
    internal long? TimeOf(in T record) => TimePart?.Invoke(record) is { } time ? EventTime.Of(time) / 1000 : null;
}
