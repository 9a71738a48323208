using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Weir.Kills.Tests.Targets;

/// <summary>A topic of three partitions, read by another client than ours.</summary>
internal sealed class KafkaTarget(string servers, string topic) : ITarget
{
    private const int Partitions = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Connection => servers;

    public string Table => topic;

    public async Task CreateAsync()
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = Partitions }]);
    }

    public Task<List<string>> RowsAsync() => Task.Run(() => Read(IsolationLevel.ReadCommitted).ConvertAll(JsonRow.Of));

    // What an open transaction holds back lies behind the end of what is committed.
    public Task<IReadOnlyList<string>> StraysAsync(string job) => Task.Run<IReadOnlyList<string>>(() =>
    {
        using var committed = Open(IsolationLevel.ReadCommitted);
        using var all = Open(IsolationLevel.ReadUncommitted);
        return [.. Enumerable.Range(0, Partitions)
            .Select(partition => new TopicPartition(topic, partition))
            .Where(place => committed.QueryWatermarkOffsets(place, Patience).High != all.QueryWatermarkOffsets(place, Patience).High)
            .Select(place => $"an open transaction in {place}")];
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private List<string> Read(IsolationLevel isolation)
    {
        using var consumer = Open(isolation);
        var places = Enumerable.Range(0, Partitions).Select(partition => new TopicPartition(topic, partition)).ToList();
        consumer.Assign(places.Select(place => new TopicPartitionOffset(place, Confluent.Kafka.Offset.Beginning)));
        var rows = new List<string>();
        for (var ended = 0; ended < Partitions;)
        {
            var read = consumer.Consume(Patience) ?? throw new TimeoutException($"{topic} is not read to its end within {Patience}.");
            if (read.IsPartitionEOF)
            {
                ended++;
            }
            else
            {
                rows.Add(read.Message.Value);
            }
        }

        return rows;
    }

    private IConsumer<Ignore, string> Open(IsolationLevel isolation) => new ConsumerBuilder<Ignore, string>(new ConsumerConfig
    {
        BootstrapServers = servers,
        GroupId = $"verifier-{topic}",
        IsolationLevel = isolation,
        EnablePartitionEof = true,
        EnableAutoCommit = false,
    }).Build();
}
