using Weir.KafkaLog.Client;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Outputs;

/// <summary>What a job is told of the topics that it reads and writes, before it does.</summary>
public sealed class TopicChecksTests
{
    [Theory]
    [InlineData(3, 2, 3, null, null)]
    [InlineData(1, 1, 1, null, null)]
    [InlineData(1, 2, 1, "it wants 2 in sync (min.insync.replicas), and has 1", null)]
    [InlineData(1, 1, 3, null, "is on one broker alone, of 3")]
    [InlineData(3, 1, 3, null, "acknowledges records that one broker alone has (min.insync.replicas=1, 3 replicas)")]
    [InlineData(3, 3, 3, null, "takes no records while one of its 3 brokers is away")]
    public void Replicas_and_those_in_sync_must_go_together(int replicas, int minInSync, int brokers, string? refusal, string? advice)
    {
        IsSaid(refusal, Durability.Refusal("totals", replicas, minInSync));
        if (refusal is null)
        {
            IsSaid(advice, Durability.Advice("totals", replicas, minInSync, brokers));
        }
    }

    [Fact]
    public async Task A_topic_that_is_not_there_ends_the_start_before_anybody_is_shut_out()
    {
        var kafka = Broker.Connection();
        var input = Broker.Topic();
        Broker.Write(input, 0, [1]);
        const string Missing = "no-such-topic";
        foreach (var sink in (ISink<long>[])[Kafka.Write<long>(kafka, Missing), Kafka.WriteAtLeastOnce<long>(kafka, Missing)])
        {
            var job = new Job($"lost-{input}");
            job.From(Kafka.Read<long>(kafka, input)).To(sink);
            var failure = await Assert.ThrowsAsync<JobException>(
                () => job.RunAsync(new JobOptions { CheckpointInterval = TimeSpan.FromSeconds(1), OnEvent = _ => { } }));
            Assert.Contains(
                $"The topic 'no-such-topic' cannot be written: it does not exist at Kafka {kafka.Servers}",
                failure.ToString(),
                StringComparison.Ordinal);
            Assert.Contains(nameof(SinkException), failure.ToString(), StringComparison.Ordinal);
        }

        using var cluster = new Cluster(kafka.ForAdmin(), new ClientEvents(), TimeSpan.FromSeconds(30));
        Assert.Equal(0, cluster.Topics([$"weir.lost-{input}.progress"])[0].Partitions);
    }

    [Fact]
    public async Task A_topic_to_read_that_is_not_there_or_a_value_that_the_client_does_not_take_shuts_nobody_out()
    {
        var kafka = Broker.Connection();
        var output = Broker.Topic();
        var lost = new Job($"lost-{output}");
        lost.From(Kafka.Read<long>(kafka, "no-such-input")).To(Kafka.Write<long>(kafka, output));
        var options = new JobOptions { CheckpointInterval = TimeSpan.FromSeconds(1), OnEvent = _ => { } };
        var failure = await Assert.ThrowsAsync<JobException>(() => lost.RunAsync(options));
        Assert.Contains("The topic 'no-such-input' cannot be read: it does not exist", failure.Message, StringComparison.Ordinal);

        var many = new Job($"lost-{output}");
        many.From(Kafka.Read<long>(kafka.WithConsumer("fetch.min.bytes", "many"), output)).To(Kafka.Write<long>(kafka, output));
        var refused = await Assert.ThrowsAsync<KafkaSettingException>(() => many.RunAsync(options));
        Assert.Contains("fetch.min.bytes", refused.Message, StringComparison.Ordinal);

        using var cluster = new Cluster(kafka.ForAdmin(), new ClientEvents(), TimeSpan.FromSeconds(30));
        Assert.Equal(0, cluster.Topics([$"weir.lost-{output}.progress"])[0].Partitions);
    }

    [Fact]
    public async Task Settings_of_a_topic_that_is_not_there_are_warned_of_with_where_they_stand()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic();
        var warnings = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var job = new Job($"typo-{topic}");
        job.From([1L]).To(Kafka.Write<long>(
            kafka.WithTopic(topic, "compression.type", "zstd").WithTopic($"{topic}x", "compression.type", "zstd"), topic));
        await job.RunAsync(new JobOptions
        {
            CheckpointInterval = TimeSpan.FromSeconds(5),
            OnEvent = e =>
            {
                if (e is JobEvent.Warning warning)
                {
                    warnings.Enqueue(warning.Message);
                }
            },
        });
        var place = $"KafkaConnection.WithTopic(\"{topic}x\", \"compression.type\", …)";
        Assert.Single(
            warnings, text => text.StartsWith($"{place} is for the topic '{topic}x', and Kafka", StringComparison.Ordinal));
        Assert.DoesNotContain(warnings, text => text.Contains($"'{topic}', and Kafka", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_time_out_that_the_broker_does_not_allow_is_refused_with_both_values()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic();
        var job = new Job($"long-{topic}");
        var options = new KafkaWriteOptions { TransactionTimeout = TimeSpan.FromMinutes(16) };
        job.From([1L]).To(Kafka.Write<long>(kafka, topic, options: options));
        var failure = await Assert.ThrowsAsync<JobException>(
            () => job.RunAsync(new JobOptions { CheckpointInterval = TimeSpan.FromSeconds(5), OnEvent = _ => { } }));
        Assert.Contains(
            "its transaction.max.timeout.ms is 900000, smaller than KafkaWriteOptions.TransactionTimeout, which is 00:16:00 (960000 ms)",
            failure.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_to_read_at_another_cluster_is_looked_at_before_anybody_is_shut_out()
    {
        var kafka = Broker.Connection();
        var output = Broker.Topic();

        // The same broker, as a cluster of another name.
        var other = new KafkaConnection(kafka.Servers.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        Assert.NotEqual(kafka.Servers, other.Servers);
        var job = new Job($"elsewhere-{output}");
        job.From(Kafka.Read<long>(other, "no-such-input")).To(Kafka.Write<long>(kafka, output));
        var failure = await Assert.ThrowsAsync<JobException>(
            () => job.RunAsync(new JobOptions { CheckpointInterval = TimeSpan.FromSeconds(1), OnEvent = _ => { } }));
        var text = $"'no-such-input' cannot be read: it does not exist at Kafka {other.Servers}";
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        using var cluster = new Cluster(kafka.ForAdmin(), new ClientEvents(), TimeSpan.FromSeconds(30));
        Assert.Equal(0, cluster.Topics([$"weir.elsewhere-{output}.progress"])[0].Partitions);
    }

    [Fact]
    public void A_call_that_is_not_answered_says_what_the_client_has_told_before()
    {
        var kafka = Broker.Connection().With("security.protocol", "SSL");
        using var cluster = new Cluster(kafka.ForAdmin(), new ClientEvents(), TimeSpan.FromSeconds(3));
        var failure = Assert.ThrowsAny<Exception>(() => cluster.Topics(["totals"]));
        Assert.Contains("The client has told before:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("SSL", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_tells_the_names_that_it_has_at_the_cluster()
    {
        var kafka = Broker.Connection();
        var output = Broker.Topic();
        var notes = new List<string>();
        var job = new Job($"names-{output}");
        job.From([1L, 2L]).To(Kafka.Write<long>(kafka, output));
        await job.RunAsync(new JobOptions
        {
            CheckpointInterval = TimeSpan.FromSeconds(1),
            OnEvent = e => notes.AddRange(e is JobEvent.Note note ? [note.Message] : []),
        });
        Assert.Equal(
            $"Job '{job.Name}' writes to Kafka {kafka.Servers} in transactions of 'weir.{job.Name}.tx', as a user without a name (no SASL, "
                + $"no certificate). Its progress is in the topic 'weir.{job.Name}.progress'. The broker gives a transaction up that is open "
                + "for longer than 00:01:00.",
            Assert.Single(notes));
    }

    private static void IsSaid(string? expected, string? said)
    {
        Assert.Equal(expected is null, said is null);
        Assert.Contains(expected ?? "", said ?? "", StringComparison.Ordinal);
    }
}
