using System.Globalization;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Telemetry;

/// <summary>Counts what a reader takes of its partition, once a batch. Costs nothing while nobody looks.</summary>
/// <param name="meter">The instruments; null where nobody measures.</param>
/// <param name="place">The partition.</param>
/// <param name="group">The group that positions are committed for; null for none.</param>
internal sealed class ConsumedMessages(MessagingMeter? meter, TopicPartition place, string? group)
{
    private KeyValuePair<string, object?>[]? _tags;

    /// <summary>Adds the messages of a batch.</summary>
    public void Add(int count)
    {
        if (count > 0 && meter is { Consumed: { Enabled: true } counter })
        {
            _tags ??= MessagingMeter.Tags(
                "poll",
                place.Topic,
                ("messaging.destination.partition.id", place.Partition.ToString(CultureInfo.InvariantCulture)),
                ("messaging.consumer.group.name", group));
            counter.Add(count, _tags.AsSpan());
        }
    }
}
