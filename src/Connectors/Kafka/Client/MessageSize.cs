using System.Globalization;
using System.Text;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Client;

/// <summary>How large a message is for those that limit it, never too little; and how large it may be. Pure.</summary>
/// <remarks>
/// librdkafka counts key, value and headers, and for lengths, time and attributes the most that they can take. A broker counts a batch,
/// which has a head of its own. What compression saves is not known before, and is left out.
/// </remarks>
internal static class MessageSize
{
    /// <summary>What Weir sets as <c>message.max.bytes</c> of a producer: the topic decides, below what a broker takes as one
    /// request.</summary>
    public const long ClientBytes = 100_000_000;

    /// <summary><c>max.message.bytes</c> of a topic that nobody has said anything of.</summary>
    public const long DefaultTopicBytes = 1_048_588;

    private const long DefaultBatchBytes = 1_000_000;
    private const int OfMessage = 36;
    private const int OfHeader = 10;
    private const int OfBatch = 61;

    /// <summary>What a header takes that says what wrote the message.</summary>
    public static int OfTraceParent => OfHeader + TraceParent.Header.Length + TraceParent.Bytes;

    /// <summary>The size of a message.</summary>
    public static long Of(long key, long value, KafkaHeaders? headers) => OfMessage + key + value + Of(headers);

    /// <summary>How large a message may be.</summary>
    /// <param name="producer">The settings of the producer.</param>
    /// <param name="topicBytes">What the topic says; null if it cannot be asked.</param>
    public static long Limit(ClientSettings producer, long? topicBytes)
    {
        long? said = long.TryParse(producer["message.max.bytes"], CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
        return topicBytes is { } some ? Math.Min(said ?? ClientBytes, some - OfBatch) : said ?? DefaultTopicBytes - OfBatch;
    }

    /// <summary>
    /// Puts no more into a batch than the topic with the smallest limit takes: the client splits none that is refused.
    /// </summary>
    public static ClientSettings WithBatches(this ClientSettings producer, IEnumerable<long> topicBytes)
    {
        var least = topicBytes.DefaultIfEmpty(long.MaxValue).Min();
        return least < DefaultBatchBytes ? producer.Copy().Default("batch.size", Math.Max(1, least)) : producer;
    }

    private static long Of(KafkaHeaders? headers)
    {
        var size = 0L;
        foreach (var (name, value) in headers ?? KafkaHeaders.Empty)
        {
            size += OfHeader + Encoding.UTF8.GetByteCount(name) + (value?.Length ?? 0);
        }

        return size;
    }
}
