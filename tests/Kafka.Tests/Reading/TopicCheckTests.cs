using Microsoft.Extensions.Time.Testing;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Reading;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Reading;

/// <summary>Topics that are deleted and made anew while they are read.</summary>
public sealed class TopicCheckTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_topic_must_be_looked_at_again_after_ten_seconds_and_when_the_clock_was_set_back()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic();
        using var cluster = Open(kafka);
        var clock = new FakeTimeProvider();
        var check = new TopicCheck(new KafkaSplit(topic, cluster.TopicIds([topic])[topic], 0, 0, null), clock);
        Assert.False(check.IsFresh);
        check.Look(cluster, kafka);
        Assert.True(check.IsFresh);
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.True(check.IsFresh);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.False(check.IsFresh);
        check.Look(cluster, kafka);
        clock.AdjustTime(clock.GetUtcNow().AddHours(-1));
        Assert.False(check.IsFresh);
    }

    [Fact]
    public void A_topic_that_was_made_anew_is_told_by_both_ids_and_one_that_is_gone_by_its_name()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic();
        using var cluster = Open(kafka);
        var old = cluster.TopicIds([topic])[topic];
        var check = new TopicCheck(new KafkaSplit(topic, old, 0, 0, null), TimeProvider.System);
        check.Look(cluster, kafka);
        Broker.Admin("topics", "--delete", "--topic", topic);
        Assert.Contains("it does not exist", Refused(check, cluster, kafka), StringComparison.Ordinal);
        Assert.True(cluster.CreateTopic(topic, 1, new Dictionary<string, string>()));
        Assert.Contains($"had the id {old}, and this has", Refused(check, cluster, kafka), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_reads_does_not_go_on_in_a_topic_that_was_made_anew_meanwhile()
    {
        var kafka = Broker.Connection();
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1, 2, 3]);
        var sink = new ListSink<long>();
        var job = new Job($"anew-{topic}");
        job.From(Kafka.Read<long>(kafka, topic)).To(sink);
        var running = job.Start(new JobOptions { OnEvent = static _ => { } }, Cancellation);
        while (sink.Records.Count < 3)
        {
            Assert.False(running.Completion.IsCompleted);
            await Task.Yield();
        }

        Broker.Admin("topics", "--delete", "--topic", topic);
        using (var cluster = Open(kafka))
        {
            while (!cluster.CreateTopic(topic, 1, new Dictionary<string, string>()))
            {
                Cancellation.ThrowIfCancellationRequested();
            }
        }

        var failure = await Assert.ThrowsAsync<JobException>(() => running.Completion);
        Assert.Contains(topic, failure.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], sink.Records);
    }

    private static string Refused(TopicCheck check, Cluster cluster, KafkaConnection kafka) =>
        Assert.Throws<SourceException>(() => check.Look(cluster, kafka)).Message;

    private static Cluster Open(KafkaConnection kafka) => new(kafka.ForAdmin(), new ClientEvents(), TimeSpan.FromSeconds(30));
}
