using System.Diagnostics;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Telemetry;

/// <summary>
/// The messages of one transaction as an activity: from the first one until they are committed, or lost. A transaction without messages has
/// none.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="operatorId">The operator; null for the job as a whole.</param>
/// <param name="transactionalId">The name by which the cluster knows the writer.</param>
internal sealed class TransactionActivity(string job, string? operatorId, string transactionalId)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    private Activity? _activity;
    private bool _isBegun;
    private long _messages;

    /// <summary>Messages are written. Any thread.</summary>
    /// <param name="topic">Their topic; null if they say it themselves.</param>
    /// <param name="count">How many.</param>
    /// <returns>What is written in. Null if nobody listens, or it is not sampled.</returns>
    public Activity? Add(string? topic, int count)
    {
        if (!KafkaActivities.IsHeard)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_isBegun)
            {
                _isBegun = true;
                _activity = KafkaActivities.Begin(
                    ActivityKind.Producer, "send", "send", null, job, operatorId, ("weir.kafka.transactional_id", transactionalId));
            }

            _topics.Add(topic ?? "");
            _messages += count;
            return _activity;
        }
    }

    /// <summary>All is written, and the commit is asked for.</summary>
    /// <param name="checkpoint">What is committed with it.</param>
    public void OnCommit(string? checkpoint)
    {
        lock (_lock)
        {
            _activity?.SetTag("weir.checkpoint", checkpoint).AddEvent(new ActivityEvent("commit"));
        }
    }

    /// <summary>It ended.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="error">Why it is lost; null if it is committed, or was given up.</param>
    public void End(string outcome, KafkaError? error = null)
    {
        lock (_lock)
        {
            if (_activity is { } activity)
            {
                activity.SetTag("messaging.batch.message_count", _messages).SetTag("outcome", outcome);
                if (_topics.Count == 1 && _topics.Single() is { Length: > 0 } topic)
                {
                    activity.DisplayName = KafkaActivities.NameOf("send", topic);
                    activity.SetTag("messaging.destination.name", topic);
                }

                KafkaActivities.End(activity, error?.Text, error?.Name);
            }

            (_activity, _isBegun, _messages) = (null, false, 0);
            _topics.Clear();
        }
    }
}
