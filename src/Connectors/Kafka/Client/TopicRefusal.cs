namespace Weir.KafkaLog.Client;

/// <summary>Says why a topic cannot be used, and what to do.</summary>
internal static class TopicRefusal
{
    /// <summary>An exception for a topic that is read, and of which the cluster tells nothing good.</summary>
    /// <param name="topic">What it tells.</param>
    /// <param name="servers">Which cluster.</param>
    /// <param name="use">What was wanted: <c>read</c>, <c>read on</c>.</param>
    /// <param name="principal">Who wants it.</param>
    public static Exception OfInput(TopicFacts topic, string servers, string use, string principal) =>
        Text(topic, servers, use, principal, "read") is { } text ? new SourceException(text) : Later(topic, servers, use);

    /// <summary>An exception for a topic that is written.</summary>
    /// <inheritdoc cref="OfInput"/>
    public static Exception OfOutput(TopicFacts topic, string servers, string principal) =>
        Text(topic, servers, "written", principal, "write") is { } text ? new SinkException(text) : Later(topic, servers, "written");

    private static KafkaClientException Later(TopicFacts topic, string servers, string use) =>
        new($"The topic '{topic.Name}' cannot be {use} now: Kafka {servers} says {topic.Error}.", topic.Error!.Value);

    private static string? Text(TopicFacts topic, string servers, string use, string principal, string right) => topic.Error?.Code switch
    {
        null or ErrorCodes.UnknownTopic or ErrorCodes.UnknownTopicOrPartition =>
            $"The topic '{topic.Name}' cannot be {use}: it does not exist at Kafka {servers}, or {principal} may not see it. Create it, "
                + "correct its name, or give the right to describe it; a job makes no topics of its own accord.",
        ErrorCodes.TopicAuthorizationFailed =>
            $"The topic '{topic.Name}' cannot be {use}: {principal} has no right to it at Kafka {servers}. "
                + $"Give it the right to describe the topic, and to {right} it.",
        _ => null,
    };
}
