using System.Globalization;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Writing;

/// <summary>Looks at the topics that a job writes, before it writes: a mistake is told at the start, not with the first record.</summary>
internal static class OutputChecks
{
    private const string InSync = "min.insync.replicas";

    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);

    /// <summary>Looks. Blocks.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="topics">The topics. Those that records name themselves are not among them.</param>
    /// <param name="events">What is told of the client.</param>
    /// <param name="warn">What is told of topics that lose records easily.</param>
    /// <exception cref="SinkException">A topic is not there, or must not be seen.</exception>
    /// <exception cref="KafkaSettingException">A topic takes nothing.</exception>
    public static void Check(
        KafkaConnection connection, IReadOnlyCollection<string> topics, ClientEvents events, Action<string> warn)
    {
        if (topics.Count == 0)
        {
            return;
        }

        using var cluster = new Cluster(connection.ForAdmin(), events, CallTime);
        foreach (var facts in cluster.Topics(topics))
        {
            if (facts.Error is not null || facts.Partitions == 0)
            {
                throw TopicRefusal.OfOutput(facts, cluster.Servers, connection.Principal);
            }

            Judge(facts, cluster, connection, warn);
        }
    }

    private static void Judge(TopicFacts facts, Cluster cluster, KafkaConnection connection, Action<string> warn)
    {
        int minInSync;
        try
        {
            if (!int.TryParse(
                cluster.Settings(RdAdmin.TopicResource, facts.Name).GetValueOrDefault(InSync), CultureInfo.InvariantCulture, out minInSync))
            {
                return;
            }
        }
        catch (KafkaRefusedException)
        {
            warn($"{InSync} of the topic '{facts.Name}' at Kafka {cluster.Servers} cannot be looked at: {connection.Principal} has no "
                + "right to DescribeConfigs. See yourself that it is 2 or more.");
            return;
        }

        if (Durability.Refusal(facts.Name, facts.Replicas, minInSync) is { } refusal)
        {
            throw new KafkaSettingException(refusal);
        }

        if (Durability.Advice(facts.Name, facts.Replicas, minInSync, facts.Brokers) is { } advice)
        {
            warn(advice);
        }
    }
}
