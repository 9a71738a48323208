namespace Weir.KafkaLog.Reading;

/// <summary>The topics whose own settings the consumer of a source has. Pure.</summary>
internal static class SettingTopics
{
    /// <summary>Those that are named; of a pattern, those that it matches among the topics that have settings.</summary>
    public static IEnumerable<string> Of(KafkaTopics topics, KafkaConnection connection) =>
        topics.Pattern is null ? topics.Names : connection.Layers.Topics.Keys.Where(topics.Contains);
}
