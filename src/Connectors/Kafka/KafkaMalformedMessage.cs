using System.Globalization;
using System.Text;
using Weir.KafkaLog.Client;

namespace Weir;

/// <summary>A message that could not be read, as it was, and why.</summary>
/// <param name="Key">Its key; null for none.</param>
/// <param name="Value">Its value; null for none.</param>
/// <param name="Time">Its time in UTC; null for none.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Topic">The topic that it was read from.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Offset">The offset.</param>
/// <param name="Cause">Why it could not be read, as part of a sentence.</param>
public sealed record KafkaMalformedMessage(
    byte[]? Key, byte[]? Value, DateTime? Time, KafkaHeaders Headers, string Topic, int Partition, long Offset, string Cause)
{
    /// <summary>The header of a dead letter that says why the message could not be read.</summary>
    public const string CauseHeader = "weir.cause";

    /// <summary>The header of a dead letter with the topic of the message.</summary>
    public const string TopicHeader = "weir.topic";

    /// <summary>The header of a dead letter with the partition of the message.</summary>
    public const string PartitionHeader = "weir.partition";

    /// <summary>The header of a dead letter with the offset of the message.</summary>
    public const string OffsetHeader = "weir.offset";

    /// <summary>The header of a dead letter with the time of the message, as ISO 8601 in UTC; not there if it has none.</summary>
    public const string TimeHeader = "weir.time";

    /// <summary>
    /// The header of a dead letter that was cut because it is larger than its topic takes: what is not whole, and how large it was, such as
    /// <c>value: 1048000 bytes</c>. The whole message is where <c>weir.topic</c>, <c>weir.partition</c> and <c>weir.offset</c> say.
    /// </summary>
    public const string CutHeader = "weir.cut";

    private const int LongestCause = 8 * 1024;

    private string? Cut { get; init; }

    /// <summary>The headers of the message, and behind them those that say why and where.</summary>
    /// <returns>The headers, all of ours as text in UTF-8.</returns>
    public KafkaHeaders DeadLetterHeaders()
    {
        List<KafkaHeader> all = [
            .. Headers,
            Of(CauseHeader, Cause),
            Of(TopicHeader, Topic),
            Of(PartitionHeader, Partition.ToString(CultureInfo.InvariantCulture)),
            Of(OffsetHeader, Offset.ToString(CultureInfo.InvariantCulture)),
        ];
        if (Time is { } time)
        {
            all.Add(Of(TimeHeader, time.ToString("O", CultureInfo.InvariantCulture)));
        }

        if (Cut is not null)
        {
            all.Add(Of(CutHeader, Cut));
        }

        return new KafkaHeaders([.. all]);
    }

    /// <summary>This, or as much of it as a dead letter of some bytes holds: the value is cut first, then headers are left out, then the
    /// key is cut.</summary>
    internal KafkaMalformedMessage Fitted(long limit)
    {
        if (Excess(limit) <= 0)
        {
            return this;
        }

        var cut = this with { Cause = Cause.Length > LongestCause ? Cause[..LongestCause] : Cause };
        if (Value is { Length: > 0 })
        {
            cut = cut with { Cut = $"value: {Text(Value.Length)} bytes" };
            cut = cut with { Value = Shorter(Value, cut.Excess(limit)) };
        }

        if (Headers.Count > 0 && cut.Excess(limit) > 0)
        {
            cut = cut with { Headers = KafkaHeaders.Empty, Cut = $"{cut.Cut}; headers: {Text(Headers.Count)}".TrimStart(';', ' ') };
            cut = cut with { Value = Value is null ? null : Shorter(Value, (cut with { Value = Value }).Excess(limit)) };
        }

        if (Key is { Length: > 0 } && cut.Excess(limit) > 0)
        {
            cut = cut with { Cut = $"{cut.Cut}; key: {Text(Key.Length)} bytes".TrimStart(';', ' ') };
            cut = cut with { Key = Shorter(Key, cut.Excess(limit)) };
        }

        return cut;
    }

    private long Excess(long limit) => MessageSize.Of(Key?.Length ?? 0, Value?.Length ?? 0, DeadLetterHeaders()) - limit;

    private static byte[] Shorter(byte[] bytes, long by) => by <= 0 ? bytes : bytes[..(int)Math.Max(0, bytes.Length - by)];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static KafkaHeader Of(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
