using Weir.KafkaLog.Client;
using Weir.KafkaLog.Tests.Doubles;
using Weir.KafkaLog.Writing;

namespace Weir.KafkaLog.Tests.Outputs;

/// <summary>Records that no topic takes: the job ends once, and says which record, why and what to do.</summary>
public sealed class RefusedRecordsTests
{
    public enum Way
    {
        InTransaction,
        Ahead,
        AtLeastOnce,
    }

    public static MatrixTheoryData<Way, int> WaysAndCounts { get; } = new(Enum.GetValues<Way>(), [10, 20_000]);

    [Theory]
    [MemberData(nameof(WaysAndCounts))]
    public async Task A_record_whose_time_the_topic_does_not_take_ends_the_job(Way way, int count)
    {
        var topic = Broker.Topic();
        var failure = await EndAsync(way, topic, count, shape => shape.Key(n => $"key {n}").Time(_ => DateTime.UtcNow.AddDays(2)));
        Assert.Contains($"A record of {topic}[0] at Kafka", failure, StringComparison.Ordinal);
        Assert.True(
            failure.Contains("has a time that the topic does not take", StringComparison.Ordinal)
                || failure.Contains("is none that the topic takes", StringComparison.Ordinal),
            failure);
        Assert.Contains(": its key begins with 'key ", failure, StringComparison.Ordinal);
        Assert.Contains("message.timestamp.after.max.ms", failure, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(WaysAndCounts))]
    public async Task A_record_without_a_key_for_a_compacted_topic_ends_the_job_and_is_told_among_those_of_its_batch(Way way, int count)
    {
        var topic = Broker.Topic(settings: new Dictionary<string, string> { ["cleanup.policy"] = "compact" });
        var failure = await EndAsync(way, topic, count, shape => shape.Key(n => n % 2 == 0 ? "even" : null!));
        Assert.Contains($"A record of {topic}[0] at Kafka", failure, StringComparison.Ordinal);
        Assert.Contains("and the record has no key: give it one by Key", failure, StringComparison.Ordinal);
        Assert.Contains("it has no key", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorCodes.MessageTooLarge, true)]
    [InlineData(ErrorCodes.InvalidTopic, true)]
    [InlineData(ErrorCodes.RecordListTooLarge, true)]
    [InlineData(ErrorCodes.InvalidRequiredAcks, true)]
    [InlineData(ErrorCodes.TopicAuthorizationFailed, true)]
    [InlineData(ErrorCodes.ClusterAuthorizationFailed, true)]
    [InlineData(ErrorCodes.InvalidTimestamp, true)]
    [InlineData(ErrorCodes.UnsupportedForMessageFormat, true)]
    [InlineData(ErrorCodes.PolicyViolation, true)]
    [InlineData(ErrorCodes.TransactionalIdAuthorizationFailed, true)]
    [InlineData(ErrorCodes.UnsupportedCompression, true)]
    [InlineData(ErrorCodes.InvalidRecord, true)]
    [InlineData(ErrorCodes.OtherRecordInvalid, true)]
    [InlineData(2, false)] // CORRUPT_MESSAGE
    [InlineData(ErrorCodes.UnknownTopicOrPartition, false)]
    [InlineData(ErrorCodes.NotLeader, false)]
    [InlineData(19, false)] // NOT_ENOUGH_REPLICAS
    [InlineData(56, false)] // KAFKA_STORAGE_ERROR
    [InlineData(ErrorCodes.ProducerFenced, false)]
    [InlineData(ErrorCodes.MessageTimedOut, false)]
    [InlineData(ErrorCodes.State, false)]
    public void An_error_is_final_exactly_if_no_other_try_can_help(int code, bool isForGood)
    {
        var delivery = new FailedDelivery("totals", 3, new KafkaError(code, "text"), "the-key"u8.ToArray(), 12);
        var failure = FailedRecord.Of(delivery, "k:9092", "user 'a'");
        Assert.Equal(isForGood, FailedRecord.IsForGood(code));
        Assert.Equal(isForGood, failure is IPermanentFailure);
        Assert.StartsWith("A record of totals[3] at Kafka k:9092 ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("its key begins with 'the-key'", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<string> EndAsync(Way way, string topic, int count, Action<KafkaMessageShape<int>> shape)
    {
        // One record a request: some are refused while others are still being written.
        var kafka = Broker.Connection().WithProducer("linger.ms", "0").WithProducer("batch.num.messages", count > 100 ? "1" : "1000");
        var job = new Job($"refused-{topic}");
        var numbers = job.From(Enumerable.Range(1, count).ToList());
        switch (way)
        {
            case Way.InTransaction:
                numbers.To(Kafka.Write(kafka, topic, shape));
                break;
            case Way.Ahead:
                numbers.To(Kafka.WriteAhead(kafka, topic, shape));
                break;
            default:
                numbers.To(Kafka.WriteAtLeastOnce(kafka, topic, shape));
                break;
        }

        var events = new System.Collections.Concurrent.ConcurrentQueue<JobEvent>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(50),
                RestartStrategy = RestartStrategy.FixedDelay(5, TimeSpan.FromMilliseconds(10)),
                OnEvent = events.Enqueue,
            },
            limit.Token));
        Assert.True(events.Count(e => e is JobEvent.Started) == 1, string.Join('\n', events));
        return failure.Message;
    }
}
