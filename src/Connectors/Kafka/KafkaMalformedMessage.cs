using System.Globalization;
using System.Text;

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

        return new KafkaHeaders([.. all]);
    }

    private static KafkaHeader Of(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}
