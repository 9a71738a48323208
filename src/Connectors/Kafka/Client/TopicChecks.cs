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
    /// <param name="inputs">The topics that are read.</param>
    /// <param name="outputs">The topics that are written. Those that records name themselves are not among them.</param>
    /// <param name="events">What is told of the client.</param>
    /// <param name="warn">What is told of topics that lose records easily.</param>
    /// <returns>How many bytes a batch of an output may have, where it can be asked.</returns>
    /// <exception cref="SourceException">A topic that is read is not there, or must not be seen.</exception>
    /// <exception cref="SinkException">A topic that is written is not there, or must not be seen.</exception>
    /// <exception cref="KafkaSettingException">A topic takes nothing.</exception>
    public static IReadOnlyDictionary<string, long> Check(
        KafkaConnection connection,
        IReadOnlyCollection<KafkaTopics> inputs,
        IReadOnlyCollection<string> outputs,
        ClientEvents events,
        Action<string> warn)
    {
        var limits = new Dictionary<string, long>(StringComparer.Ordinal);
        if (inputs.Count + outputs.Count == 0)
        {
            return limits;
        }

        using var cluster = new Cluster(connection.ForAdmin(), events, CallTime)
        {
            SpeaksForReaders = connection.AsksAsItReads,
        };
        var speaksForWriters = connection.AsksAsItWrites;
        WarnOfUnknown(connection, cluster, warn);
        foreach (var topics in inputs)
        {
            _ = Readable(topics, cluster);
        }

        var known = cluster.Describe(outputs);
        foreach (var facts in cluster.Topics(outputs))
        {
            if (facts.IsAbsent)
            {
                throw TopicRefusal.OfOutput(facts, cluster.Servers, cluster.Principal);
            }

            if (speaksForWriters && Refusals.Of(
                facts.Name, known.GetValueOrDefault(facts.Name), "written", cluster.Servers, cluster.Principal, Right.Write) is { } refusal)
            {
                throw new SinkException(refusal);
            }

            var settings = SettingsOf(facts, cluster, warn);
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

    /// <summary>Finds topics that are read. Blocks.</summary>
    /// <returns>Those that there are. Of a pattern, internal ones are left out.</returns>
    /// <exception cref="SourceException">One of a list is not there, must not be seen, or must not be read.</exception>
    public static IReadOnlyList<TopicFacts> Readable(KafkaTopics topics, Cluster cluster)
    {
        var found = topics.Pattern is null
            ? cluster.Topics(topics.Names)
            : [.. cluster.Topics().Where(topic => topic.Error is null && topics.Contains(topic.Name) && !IsInternal(topic.Name))];
        if (found.FirstOrDefault(static topic => topic.IsAbsent) is { } absent)
        {
            throw TopicRefusal.OfInput(absent, cluster.Servers, "read", cluster.Principal);
        }

        var known = cluster.Describe([.. found.Select(static topic => topic.Name)]);
        foreach (var (name, description) in known)
        {
            if (cluster.SpeaksForReaders
                && Refusals.Of(name, description, "read", cluster.Servers, cluster.Principal, Right.Read) is { } refusal)
            {
                throw new SourceException(refusal);
            }
        }

        return [.. found.Select(topic => topic with { Id = known.GetValueOrDefault(topic.Name)?.Id ?? "" })];
    }

    // A typing mistake, most likely: what is set there counts for nothing.
    private static void WarnOfUnknown(KafkaConnection connection, Cluster cluster, Action<string> warn)
    {
        foreach (var facts in cluster.Topics([.. connection.Layers.Topics.Keys]).Where(static topic => topic.IsAbsent))
        {
            var origins = connection.Layers.Topics[facts.Name].All.Select(static setting => setting.Origin);
            warn($"{string.Join(", ", origins)} is for the topic '{facts.Name}', and Kafka {cluster.Servers} has none of that name that "
                + $"{cluster.Principal} may see.");
        }
    }

    private static bool IsInternal(string topic) => topic.StartsWith("__", StringComparison.Ordinal);

    private static IReadOnlyDictionary<string, string> SettingsOf(
        TopicFacts facts, Cluster cluster, Action<string> warn)
    {
        try
        {
            return cluster.Settings(RdAdmin.TopicResource, facts.Name);
        }
        catch (KafkaRefusedException)
        {
            warn($"{InSync} of the topic '{facts.Name}' at Kafka {cluster.Servers} cannot be looked at: {cluster.Principal} has no "
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
