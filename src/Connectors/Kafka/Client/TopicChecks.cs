using System.Globalization;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>
/// Looks at the topics that a job reads and writes, before an earlier process is shut out: a mistake is told at the start, not with the
/// first record.
/// </summary>
internal static class TopicChecks
{
    private const string InSync = "min.insync.replicas";
    private const string MaxBytes = "max.message.bytes";

    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(30);

    /// <summary>Looks. Blocks.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="inputs">The topics that are read. Those of a pattern are not among them.</param>
    /// <param name="outputs">The topics that are written. Those that records name themselves are not among them.</param>
    /// <param name="events">What is told of the client.</param>
    /// <param name="warn">What is told of topics that lose records easily.</param>
    /// <returns>How many bytes a batch of an output may have, where it can be asked.</returns>
    /// <exception cref="SourceException">A topic that is read is not there, or must not be seen.</exception>
    /// <exception cref="SinkException">A topic that is written is not there, or must not be seen.</exception>
    /// <exception cref="KafkaSettingException">A topic takes nothing.</exception>
    public static IReadOnlyDictionary<string, long> Check(
        KafkaConnection connection,
        IReadOnlyCollection<string> inputs,
        IReadOnlyCollection<string> outputs,
        ClientEvents events,
        Action<string> warn)
    {
        var limits = new Dictionary<string, long>(StringComparer.Ordinal);
        if (inputs.Count + outputs.Count == 0)
        {
            return limits;
        }

        using var cluster = new Cluster(connection.ForAdmin(), events, CallTime);
        if (cluster.Topics(inputs).FirstOrDefault(static topic => topic.IsAbsent) is { } absent)
        {
            throw TopicRefusal.OfInput(absent, cluster.Servers, "read", connection.Principal);
        }

        foreach (var facts in cluster.Topics(outputs))
        {
            if (facts.IsAbsent)
            {
                throw TopicRefusal.OfOutput(facts, cluster.Servers, connection.Principal);
            }

            var settings = SettingsOf(facts, cluster, connection, warn);
            if (long.TryParse(settings.GetValueOrDefault(MaxBytes), CultureInfo.InvariantCulture, out var bytes))
            {
                limits[facts.Name] = bytes;
            }

            if (int.TryParse(settings.GetValueOrDefault(InSync), CultureInfo.InvariantCulture, out var minInSync))
            {
                Judge(facts, minInSync, warn);
            }
        }

        return limits;
    }

    private static IReadOnlyDictionary<string, string> SettingsOf(
        TopicFacts facts, Cluster cluster, KafkaConnection connection, Action<string> warn)
    {
        try
        {
            return cluster.Settings(RdAdmin.TopicResource, facts.Name);
        }
        catch (KafkaRefusedException)
        {
            warn($"{InSync} of the topic '{facts.Name}' at Kafka {cluster.Servers} cannot be looked at: {connection.Principal} has no "
                + "right to DescribeConfigs. See yourself that it is 2 or more.");
            return new Dictionary<string, string>();
        }
    }

    private static void Judge(TopicFacts facts, int minInSync, Action<string> warn)
    {
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
