using System.Text.RegularExpressions;
using Weir.KafkaLog.Reading;
using Weir.Runtime;

namespace Weir.KafkaLog.Tests.Outputs;

/// <summary>Sinks that decide together have one producer: none of them says anything in vain.</summary>
public sealed class OneProducerTests
{
    private static readonly KafkaConnection Kafka1 = new("b:1");

    [Fact]
    public async Task Sinks_whose_producers_differ_are_refused_by_both_names_and_what_differs()
    {
        var refused = await RefusalOfAsync(Kafka1, Kafka1.WithProducer("linger.ms", "7"));
        Assert.Equal(
            "Job 'two' cannot write to topic 'a' of Kafka at b:1 and to topic 'b' of Kafka at b:1: both write in one transaction, by one "
                + "producer, and 'linger.ms' differs: one of them says nothing, and "
                + "KafkaConnection.WithProducer(\"linger.ms\", …) says '7'. Say the same for both; or write one of them by WriteAhead or "
                + "WriteAtLeastOnce, which have producers of their own.",
            refused);
    }

    [Fact]
    public async Task Whatever_one_of_them_alone_says_is_refused()
    {
        Assert.Contains(
            "of topic 'b' 'compression.type' differs", await RefusalOfAsync(Kafka1, Kafka1.WithTopic("b", "compression.type", "zstd")));
        Assert.Contains("'client.id' differs", await RefusalOfAsync(Kafka1.With("client.id", "x"), Kafka1.With("client.id", "y")));
        Assert.Contains("'socket.timeout.ms' differs", await RefusalOfAsync(Kafka1, Kafka1.WithAdmin("socket.timeout.ms", "9000")));
        Assert.Contains("'fetch.min.bytes' differs", await RefusalOfAsync(Kafka1, Kafka1.WithConsumer("fetch.min.bytes", "9")));
        Assert.Contains("WithToken gives", await RefusalOfAsync(Kafka1, Kafka1.WithToken(_ => throw new NotSupportedException())));
        Assert.Contains(
            "KafkaWriteOptions.Application is 'weir' for one and 'mine' for the other",
            await RefusalOfAsync(Kafka1, Kafka1, new KafkaWriteOptions { Application = "mine" }));
        Assert.Contains(
            "KafkaWriteOptions.TransactionTimeout is not given for one and 00:05:00 for the other",
            await RefusalOfAsync(Kafka1, Kafka1, new KafkaWriteOptions { TransactionTimeout = TimeSpan.FromMinutes(5) }));
    }

    [Fact]
    public async Task A_secret_that_differs_is_not_told()
    {
        var refused = await RefusalOfAsync(Kafka1.With("sasl.password", "hunter2"), Kafka1.With("sasl.password", "hunter3"));
        Assert.Contains("'sasl.password' differs", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_that_a_pattern_matches_brings_its_own_settings_as_a_named_one_does()
    {
        var kafka = Kafka1.WithTopic("orders-1", "fetch.min.bytes", "1000").WithTopic("others", "fetch.min.bytes", "2000");
        var matching = KafkaTopics.Matching(new Regex("^orders-"));
        Assert.Equal("1000", kafka.ForConsumer(SettingTopics.Of(matching, kafka))["fetch.min.bytes"]);
        Assert.Equal("2000", kafka.ForConsumer(SettingTopics.Of("others", kafka))["fetch.min.bytes"]);
    }

    private static async Task<string> RefusalOfAsync(KafkaConnection first, KafkaConnection second, KafkaWriteOptions? options = null)
    {
        var job = new Job("two");
        var numbers = job.From([1L, 2L]);
        numbers.To(Kafka.Write<long>(first, "a"));
        numbers.To(Kafka.Write<long>(second, "b", options: options));
        return (await Assert.ThrowsAsync<PlanException>(
            () => job.RunAsync(new JobOptions { CheckpointInterval = TimeSpan.FromSeconds(1) }))).Message;
    }
}
