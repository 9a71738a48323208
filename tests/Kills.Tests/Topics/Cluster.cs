using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Weir.Kills.Tests.Topics;

/// <summary>The broker, by another client than ours, and by the program that kills and pauses it.</summary>
internal static class Cluster
{
    /// <summary>Where it is; the test is skipped where there is none.</summary>
    public static string Servers()
    {
        var servers = Environment.GetEnvironmentVariable("WEIR_KAFKA");
        Assert.SkipWhen(string.IsNullOrEmpty(servers), "no Kafka: WEIR_KAFKA is not set. Run it by tests/with-kafka.sh.");
        return servers!;
    }

    /// <summary>Makes topics.</summary>
    public static async Task CreateAsync(string servers, params (string Topic, int Partitions)[] topics)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
        await admin.CreateTopicsAsync(topics.Select(topic => new TopicSpecification
        {
            Name = topic.Topic,
            NumPartitions = topic.Partitions,
        }));
    }

    /// <summary>The broker that leads a topic of one partition.</summary>
    public static int LeaderOf(string servers, string topic)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
        return admin.GetMetadata(topic, TimeSpan.FromSeconds(30)).Topics.Single().Partitions.Single().Leader;
    }

    /// <summary>The broker that decides about the transactions of an id.</summary>
    public static async Task<int> CoordinatorOfAsync(string transactionalId)
    {
        var told = await ControlAsync("admin", "transactions", "describe", "--transactional-id", transactionalId);
        var row = told.Split('\n').Single(line => line.Contains(transactionalId, StringComparison.Ordinal));
        return int.Parse(row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Adds partitions to a topic.</summary>
    public static async Task GrowAsync(string servers, string topic, int partitions)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
        await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = topic, IncreaseTo = partitions }]);
    }

    /// <summary>Deletes topics.</summary>
    public static async Task DeleteAsync(string servers, params string[] topics)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
        await admin.DeleteTopicsAsync(topics);
    }

    /// <summary>Kills, starts, pauses or resumes brokers, or runs a tool of Kafka: <c>admin transactions list</c>.</summary>
    public static async Task<string> ControlAsync(params string[] arguments)
    {
        var control = Environment.GetEnvironmentVariable("WEIR_KAFKA_CONTROL");
        Assert.SkipWhen(string.IsNullOrEmpty(control), "no Kafka: WEIR_KAFKA_CONTROL is not set. Run it by tests/with-kafka.sh.");
        using var tool = Process.Start(new ProcessStartInfo(control!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = tool.StandardOutput.ReadToEndAsync();
        var errors = tool.StandardError.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, $"{string.Join(' ', arguments)}: {await output} {await errors}");
        return await output;
    }
}
