using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir;

/// <summary>A message as it lies in the client's memory: valid during the call that it is given to.</summary>
public readonly unsafe ref struct KafkaMessage
{
    private readonly RdMessage* _message;

    internal KafkaMessage(RdMessage* message, string topic)
    {
        _message = message;
        Topic = topic;
    }

    /// <summary>Gets the topic.</summary>
    public string Topic { get; }

    /// <summary>Gets the partition.</summary>
    public int Partition => _message->Partition;

    /// <summary>Gets the offset.</summary>
    public long Offset => _message->Offset;

    /// <summary>Gets a value indicating whether there is a key.</summary>
    public bool HasKey => _message->Key != null;

    /// <summary>Gets the bytes of the key; empty for none.</summary>
    public ReadOnlySpan<byte> Key => new(_message->Key, (int)_message->KeyLength);

    /// <summary>Gets a value indicating whether there is a value. One without is a tombstone: what its key stood for is deleted.</summary>
    public bool HasValue => _message->Payload != null;

    /// <summary>Gets the bytes of the value; empty for none.</summary>
    public ReadOnlySpan<byte> Value => new(_message->Payload, (int)_message->Length);

    /// <summary>Gets the time of the message in milliseconds since the Unix epoch; −1 for none.</summary>
    public long Timestamp
    {
        get
        {
            int type;
            return Rd.rd_kafka_message_timestamp(_message, &type);
        }
    }

    /// <summary>Gets whose clock <see cref="Timestamp"/> is of.</summary>
    public KafkaTimestampType TimestampType
    {
        get
        {
            int type;
            Rd.rd_kafka_message_timestamp(_message, &type);
            return (KafkaTimestampType)type;
        }
    }

    /// <summary>Copies the headers.</summary>
    /// <returns>The headers in their order; the empty list for none.</returns>
    public KafkaHeaders ReadHeaders()
    {
        nint headers;
        if (Rd.rd_kafka_message_headers(_message, &headers) != 0)
        {
            return KafkaHeaders.Empty;
        }

        var count = Rd.rd_kafka_header_cnt(headers);
        var copies = new KafkaHeader[count];
        for (nuint i = 0; i < count; i++)
        {
            byte* name;
            byte* value;
            nuint size;
            _ = Rd.rd_kafka_header_get_all(headers, i, &name, &value, &size);
            copies[i] = new KafkaHeader(Utf8.Text(name) ?? "", value == null ? null : new ReadOnlySpan<byte>(value, (int)size).ToArray());
        }

        return new KafkaHeaders(copies);
    }
}

/// <summary>Makes a record of a message.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="message">The message: valid during the call.</param>
/// <returns>The record.</returns>
/// <exception cref="FormatException">The message cannot be read; the text says why, as part of a sentence.</exception>
public delegate T KafkaMessageReader<out T>(KafkaMessage message);
