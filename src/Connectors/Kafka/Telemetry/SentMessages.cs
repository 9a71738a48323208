using System.Globalization;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Telemetry;

/// <summary>Counts what a writer hands to the client, once a batch where all go to one topic. Costs nothing while nobody looks.</summary>
/// <param name="meter">The instruments; null where nobody measures.</param>
internal sealed class SentMessages(MessagingMeter? meter)
{
    private const string Send = "send";

    private readonly Dictionary<string, KeyValuePair<string, object?>[]> _tags = new(StringComparer.Ordinal);

    /// <summary>Adds messages of a topic. By one thread at a time.</summary>
    public void Add(string topic, int count)
    {
        if (count <= 0 || meter is not { Sent: { Enabled: true } counter })
        {
            return;
        }

        if (!_tags.TryGetValue(topic, out var tags))
        {
            _tags.Add(topic, tags = MessagingMeter.Tags(Send, topic));
        }

        counter.Add(count, tags.AsSpan());
    }

    /// <summary>Adds one that was given up. Any thread.</summary>
    public void OnFailed(FailedDelivery failed) => meter?.Sent.Add(1, MessagingMeter.Tags(
        Send,
        failed.Topic,
        ("messaging.destination.partition.id", failed.Partition < 0 ? null : failed.Partition.ToString(CultureInfo.InvariantCulture)),
        ("error.type", failed.Error.Name)));
}
