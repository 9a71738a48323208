using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>A topic as the cluster tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Partitions">How many partitions it has; 0 if it is not there.</param>
/// <param name="Replicas">The least number of replicas of a partition.</param>
/// <param name="Error">Why nothing is known of it; null if all is well.</param>
internal sealed record TopicFacts(string Name, int Partitions, int Replicas, KafkaError? Error)
{
    /// <summary>Gets its id; empty where the broker gives none, or where it was not asked for.</summary>
    public string Id { get; init; } = "";

    /// <summary>Gets how many brokers the cluster has.</summary>
    public int Brokers { get; init; }

    /// <summary>Gets whether it can be neither read nor written: it is not there, or nothing is known of it.</summary>
    public bool IsAbsent => Error is not null || Partitions == 0;

    public static unsafe TopicFacts Of(in RdTopicMetadata topic, int brokers = 0)
    {
        var replicas = int.MaxValue;
        for (var i = 0; i < topic.PartitionCount; i++)
        {
            replicas = Math.Min(replicas, topic.Partitions[i].ReplicaCount);
        }

        return new TopicFacts(
            Utf8.Text(topic.Topic) ?? "",
            topic.PartitionCount,
            topic.PartitionCount == 0 ? 0 : replicas,
            topic.Error == 0 ? null : KafkaError.Of(topic.Error))
        {
            Brokers = brokers,
        };
    }
}
