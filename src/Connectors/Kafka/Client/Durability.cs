namespace Weir.KafkaLog.Client;

/// <summary>Whether what a topic acknowledges is safe. Pure.</summary>
/// <remarks>Weir writes with <c>acks=all</c>: as many brokers have a record then as <c>min.insync.replicas</c> says.</remarks>
internal static class Durability
{
    /// <summary>Why nothing can be written; null if it can.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="replicas">How many replicas a partition has.</param>
    /// <param name="minInSync">Its <c>min.insync.replicas</c>.</param>
    public static string? Refusal(string topic, int replicas, int minInSync) => minInSync > replicas
        ? $"The topic '{topic}' takes no records that all replicas are to acknowledge: it wants {minInSync} in sync "
            + $"(min.insync.replicas), and has {replicas}. Lower that, or give it more replicas."
        : null;

    /// <summary>What endangers records, or the writing of them; null if nothing does.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="replicas">How many replicas a partition has.</param>
    /// <param name="minInSync">Its <c>min.insync.replicas</c>.</param>
    /// <param name="brokers">How many brokers the cluster has: a single one is somebody's own machine.</param>
    public static string? Advice(string topic, int replicas, int minInSync, int brokers) =>
        brokers < 2 ? null
        : replicas == 1
            ? $"The topic '{topic}' is on one broker alone, of {brokers}: records are lost with its disk. Give it three replicas, and "
                + "min.insync.replicas=2."
        : minInSync == 1
            ? $"The topic '{topic}' acknowledges records that one broker alone has (min.insync.replicas=1, {replicas} replicas): they are "
                + "lost if it fails then. Set min.insync.replicas=2."
        : minInSync == replicas
            ? $"The topic '{topic}' takes no records while one of its {replicas} brokers is away (min.insync.replicas={minInSync}): a "
                + "restart of a broker stops the job. Give it one replica more."
        : null;
}
