using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Jobs;

/// <summary>Jobs that read topics and write topics.</summary>
public sealed class TopicToTopicTests
{
    [Fact]
    public async Task What_was_written_at_least_once_is_read_whole_up_to_its_end()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic(3);
        await FillAsync(kafka, topic, 5_000);
        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => (long)i), (await ReadAsync(kafka, topic)).Order());
    }

    [Fact]
    public async Task What_was_written_unconfirmed_is_there_behind_the_end_of_the_job()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic(3);
        var job = new Job($"fill-{topic}");
        job.From(Enumerable.Range(0, 5_000).Select(i => (long)i).ToList()).To(Kafka.WriteUnconfirmed<long>(kafka, topic));
        await job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 5_000).Select(i => (long)i), (await ReadAsync(kafka, topic)).Order());
    }

    [Fact]
    public async Task Records_go_from_topic_to_topic_exactly_once_and_in_the_order_of_their_keys()
    {
        var kafka = Broker.Connection();
        var (input, output) = (Broker.Topic(3), Broker.Topic(2));
        await FillAsync(kafka, input, 20_000);
        var job = new Job($"copy-{input}");
        job.From(Kafka.Read<long>(kafka, input, new KafkaReadOptions { End = KafkaEnd.LatestAtStart }))
            .Select(n => n * 2)
            .To(Kafka.Write<long>(kafka, output, shape => shape.Key(n => n % 10)));
        var result = await job.RunAsync(new JobOptions
        {
            Parallelism = 2,
            CheckpointInterval = TimeSpan.FromMilliseconds(50),
            OnEvent = e => TestContext.Current.SendDiagnosticMessage(e.ToString() ?? ""),
        });
        Assert.Equal(20_000, result.RecordsIn);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => i * 2L), (await ReadAsync(kafka, output)).Order());
    }

    private static async Task FillAsync(KafkaConnection kafka, string topic, int count)
    {
        var job = new Job($"fill-{topic}");
        job.From(Enumerable.Range(0, count).Select(i => (long)i).ToList())
            .To(Kafka.WriteAtLeastOnce<long>(kafka, topic, shape => shape.Key(n => n)));
        await job.RunAsync(new JobOptions { CheckpointInterval = TimeSpan.FromMilliseconds(50) });
    }

    private static async Task<IReadOnlyList<long>> ReadAsync(KafkaConnection kafka, string topic)
    {
        var sink = new ListSink<long>();
        var job = new Job($"read-{topic}");
        job.From(Kafka.Read<long>(kafka, topic, new KafkaReadOptions { End = KafkaEnd.LatestAtStart })).To(sink);
        await job.RunAsync();
        return [.. sink.Records];
    }
}
