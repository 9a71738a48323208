namespace Weir.KafkaLog.Tests.Doubles;

/// <summary>The broker that the tests have, and topics that no two tests share.</summary>
internal static class Broker
{
    private const string Variable = "WEIR_KAFKA";

    private static int _topics;

    /// <summary>The cluster; the test is skipped where there is none.</summary>
    public static KafkaConnection Connection()
    {
        var servers = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(servers), $"no Kafka: {Variable} is not set. Run it by tests/with-kafka.sh.");
        return new KafkaConnection(servers!);
    }

    /// <summary>A new topic.</summary>
    public static string Topic(int partitions = 1, string name = "t")
    {
        var topic = $"{name}-{Environment.ProcessId}-{Interlocked.Increment(ref _topics)}";
        using var cluster = new Client.Cluster(Connection().ForAdmin(), new Client.ClientEvents(), TimeSpan.FromSeconds(30));
        Assert.True(cluster.CreateTopic(topic, partitions, new Dictionary<string, string>()));
        return topic;
    }
}
