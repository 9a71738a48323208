namespace Weir.KafkaLog.Client;

/// <summary>Says why a topic cannot be used, and what to do.</summary>
internal static class TopicRefusal
{
    /// <summary>An exception for a topic of which the cluster tells nothing good.</summary>
    /// <param name="topic">What it tells.</param>
    /// <param name="servers">Which cluster.</param>
    /// <param name="use">What was wanted: <c>read</c>, <c>written</c>.</param>
    /// <param name="principal">Who wants it.</param>
    public static Exception Of(
        TopicFacts topic, string servers, string use, string principal = "the principal of this connection") => topic.Error?.Code switch
        {
            null or ErrorCodes.UnknownTopic or ErrorCodes.UnknownTopicOrPartition => new SourceException(
                $"The topic '{topic.Name}' cannot be {use}: it does not exist at Kafka {servers}. Create it, or correct its name; a job "
                    + "makes no topics of its own accord."),
            ErrorCodes.TopicAuthorizationFailed => new SourceException(
                $"The topic '{topic.Name}' cannot be {use}: {principal} has no right to it at Kafka {servers}. "
                    + "Give it the right to describe the topic, and to read or to write it."),
            _ => new KafkaClientException(
                $"The topic '{topic.Name}' cannot be {use} now: Kafka {servers} says {topic.Error}.", topic.Error.Value),
        };
}
