using System.Diagnostics;

namespace Weir.KafkaLog.Telemetry;

/// <summary>The activities of the source <c>Weir.Kafka</c>: what is read and written, a batch or a transaction each.</summary>
/// <remarks>
/// <para>Apart from the source <c>Weir</c>, which has one activity a checkpoint: of batches there are many, and who wants the one need not
/// take the other.</para>
/// <para>Each begins a trace of its own. A job may be started within an activity, such as a request, that ended long ago; and it does not
/// become the current one, since it may end on another thread.</para>
/// </remarks>
internal static class KafkaActivities
{
    private static readonly ActivitySource Activities = new("Weir.Kafka");

    /// <summary>Gets whether anybody listens. Nothing is made otherwise.</summary>
    public static bool IsHeard => Activities.HasListeners();

    /// <summary>Begins one, if it is sampled.</summary>
    /// <param name="kind">Which side.</param>
    /// <param name="operation">The operation's name, as clients of Kafka call it.</param>
    /// <param name="type">Its type, as the conventions call it.</param>
    /// <param name="topic">The topic; null if there are several, or if it is not known yet.</param>
    /// <param name="job">The job; null if it is not known.</param>
    /// <param name="operatorId">The operator; null for the job as a whole.</param>
    /// <param name="others">Further tags; those whose value is null are left out.</param>
    public static Activity? Begin(
        ActivityKind kind,
        string operation,
        string type,
        string? topic,
        string? job,
        string? operatorId,
        params (string Name, object? Value)[] others)
    {
        (string Name, object? Value)[] own =
        [
            ("messaging.system", "kafka"),
            ("messaging.operation.name", operation),
            ("messaging.operation.type", type),
            ("messaging.destination.name", topic),
            ("weir.job", job),
            ("weir.operator", operatorId),
        ];
        var tags = own.Concat(others).Where(tag => tag.Value is not null).Select(tag => KeyValuePair.Create(tag.Name, tag.Value));
        var outer = Activity.Current;
        Activity.Current = null;
        try
        {
            return Activities.StartActivity(kind, tags: [.. tags], name: NameOf(operation, topic));
        }
        finally
        {
            Activity.Current = outer;
        }
    }

    /// <summary>Ends one.</summary>
    /// <param name="activity">The activity; null if it was not sampled.</param>
    /// <param name="failure">Why it failed; null if it did not.</param>
    /// <param name="errorType">What kind of error that is.</param>
    public static void End(Activity? activity, string? failure = null, string? errorType = null)
    {
        if (activity is null)
        {
            return;
        }

        if (failure is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, failure).SetTag("error.type", errorType);
        }

        var outer = Activity.Current;
        activity.Stop();
        Activity.Current = outer;
    }

    /// <summary>The name of an activity.</summary>
    public static string NameOf(string operation, string? topic) => topic is null ? operation : $"{operation} {topic}";
}
