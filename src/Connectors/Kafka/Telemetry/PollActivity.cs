using System.Diagnostics;
using System.Globalization;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Telemetry;

/// <summary>
/// A batch of a partition as an activity: from its first message until the last one has become a record, with links to what made them.
/// </summary>
/// <remarks>
/// It is begun before a header is looked at: a sampler that does not want it saves that, too. Links come to it one by one, each activity
/// once.
/// </remarks>
/// <param name="place">The partition.</param>
/// <param name="group">The group that positions are committed for; null for none.</param>
/// <param name="job">The job; null if it is not known.</param>
/// <param name="operatorId">The source.</param>
internal sealed class PollActivity(TopicPartition place, string? group, string? job, string operatorId)
{
    /// <summary>How many links one has, which is how many the SDK of OpenTelemetry keeps.</summary>
    public const int MaxLinks = 128;

    private readonly HashSet<ActivityContext> _linked = [];
    private Activity? _activity;
    private Exception? _failure;

    /// <summary>A batch begins.</summary>
    /// <param name="offset">Its first offset.</param>
    /// <returns>Whether it is sampled.</returns>
    public bool Begin(long offset)
    {
        _activity = KafkaActivities.Begin(
            ActivityKind.Consumer,
            "poll",
            "receive",
            place.Topic,
            job,
            operatorId,
            ("messaging.destination.partition.id", place.Partition.ToString(CultureInfo.InvariantCulture)),
            ("messaging.consumer.group.name", group),
            ("messaging.kafka.offset", offset));
        return _activity is not null;
    }

    /// <summary>A message of it was taken.</summary>
    public unsafe void Take(RdMessage* message)
    {
        if (_activity is { IsAllDataRequested: true } && _linked.Count < MaxLinks
            && TraceParent.TryRead(message, out var made) && _linked.Add(made))
        {
            _activity.AddLink(new ActivityLink(made));
        }
    }

    /// <summary>It fails. Catches nothing.</summary>
    public bool Fail(Exception failure)
    {
        _failure = failure;
        return false;
    }

    /// <summary>It ends.</summary>
    /// <param name="messages">How many messages it had.</param>
    public void End(int messages)
    {
        _activity?.SetTag("messaging.batch.message_count", messages);
        KafkaActivities.End(_activity, _failure?.Message, _failure?.GetType().FullName);
        (_activity, _failure) = (null, null);
        _linked.Clear();
    }
}
