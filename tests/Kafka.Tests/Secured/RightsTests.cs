using Confluent.Kafka.Admin;
using Weir.KafkaLog.Client;
using TopicDescription = Weir.KafkaLog.Client.TopicDescription;

namespace Weir.KafkaLog.Tests.Secured;

/// <summary>Rights that are missing are told by topic, right and principal, before a job shuts an earlier one out; and while it
/// runs.</summary>
/// <param name="broker">The broker.</param>
[Collection(nameof(SecuredBroker))]
public sealed class RightsTests(SecuredBroker broker)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("read", "The topic '{input}' cannot be read: user '{user}' has no right to Read", false)]
    [InlineData("see", "The topic '{input}' cannot be read: user '{user}' has no right to it", false)]
    [InlineData("write", "The topic '{output}' cannot be written: user '{user}' has no right to Write", false)]
    [InlineData("make", "Making the topic 'weir.{job}.progress' at Kafka {servers} was refused: TOPIC_AUTHORIZATION_FAILED", false)]
    [InlineData("keep", "The topic 'weir.{job}.progress' cannot be used: user '{user}' has no right to Write", true)]
    [InlineData("transact", "Taking over the transactional id 'weir.{job}.tx' at Kafka {servers} was refused", true)]
    public async Task A_right_that_is_missing_refuses_the_start_and_says_whose_it_is(string right, string text, bool isMade)
    {
        var (user, kafka) = broker.User();
        var (input, output, job) = (broker.Topic("in"), broker.Topic("out"), $"no-{right}-{user}");
        await broker.GrantJobAsync(user, input, output, job);
        await (right switch
        {
            "read" => ReplaceAsync(user, ResourceType.Topic, input, AclOperation.Read, AclOperation.Describe),
            "see" => broker.TakeAwayAsync(user, ResourceType.Topic, input, AclOperation.Read),
            "write" => ReplaceAsync(user, ResourceType.Topic, output, AclOperation.Write, AclOperation.Describe),
            "make" => broker.TakeAwayAsync(user, ResourceType.Topic, $"weir.{job}.progress", AclOperation.Create),
            "keep" => broker.TakeAwayAsync(user, ResourceType.Topic, $"weir.{job}.progress", AclOperation.Write),
            _ => broker.TakeAwayAsync(user, SecuredBroker.TransactionalId, $"weir.{job}.tx", AclOperation.Write),
        });
        var failure = await Assert.ThrowsAsync<JobException>(() => CopyAsync(kafka, input, output, job));
        var expected = text.Replace("{input}", input, StringComparison.Ordinal)
            .Replace("{output}", output, StringComparison.Ordinal)
            .Replace("{user}", user, StringComparison.Ordinal)
            .Replace("{job}", job, StringComparison.Ordinal)
            .Replace("{servers}", kafka.Servers, StringComparison.Ordinal);
        Assert.Contains(expected, failure.ToString(), StringComparison.Ordinal);
        Assert.Contains($"user '{user}'", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(isMade, broker.HasTopic($"weir.{job}.progress"));
    }

    [Fact]
    public async Task A_source_has_rights_of_its_own()
    {
        var (reader, readerOf) = broker.User();
        var (writer, writerOf) = broker.User();
        var (input, output) = (broker.Topic("in"), broker.Topic("out"));
        await broker.GrantJobAsync(writer, broker.Topic("another"), output, "two-users");
        await broker.GrantAsync(reader, ResourceType.Topic, input, AclOperation.Read);
        await CopyAsync(writerOf, input, output, "two-users", readerOf);
    }

    [Fact]
    public async Task A_topic_that_a_pattern_matches_and_that_must_not_be_read_refuses_the_start()
    {
        var (user, kafka) = broker.User();
        var (input, output) = (broker.Topic("in"), broker.Topic("out"));
        await broker.GrantJobAsync(user, input, output, "pattern");
        await ReplaceAsync(user, ResourceType.Topic, input, AclOperation.Read, AclOperation.Describe);
        var failure = await Assert.ThrowsAsync<JobException>(
            () => CopyAsync(kafka, new System.Text.RegularExpressions.Regex($"^{input}$"), output, "pattern"));
        Assert.Contains($"'{input}' cannot be read: user '{user}' has no right to Read", failure.ToString(), StringComparison.Ordinal);
        Assert.False(broker.HasTopic("weir.pattern.progress"));
    }

    [Fact]
    public Task Who_must_not_read_any_more_while_the_job_runs_ends_it() => RunUntilTakenAwayAsync(
        (user, input, _, _) => broker.TakeAwayAsync(user, ResourceType.Topic, input, AclOperation.Read),
        (user, input, _, _) => [$"{input}[0]", "TOPIC_AUTHORIZATION_FAILED", $"user '{user}'", "Read"]);

    [Fact]
    public Task Who_must_not_write_any_more_while_the_job_runs_ends_it() => RunUntilTakenAwayAsync(
        (user, _, output, _) => broker.TakeAwayAsync(user, ResourceType.Topic, output, AclOperation.Write),
        (user, _, _, _) => ["TOPIC_AUTHORIZATION_FAILED", $"user '{user}'", "Write"]);

    [Fact]
    public Task Who_must_not_use_the_transactional_id_any_more_while_the_job_runs_ends_it() => RunUntilTakenAwayAsync(
        (user, _, _, job) => broker.TakeAwayAsync(user, SecuredBroker.TransactionalId, $"weir.{job}.tx", AclOperation.Write),
        (user, _, _, _) => ["TRANSACTIONAL_ID_AUTHORIZATION_FAILED", $"user '{user}'", "Write on the transactional id"]);

    [Fact]
    public void A_broker_that_does_not_tell_rights_forbids_nothing()
    {
        var unknown = new TopicDescription("id", new HashSet<Right>());
        Assert.Null(Refusals.Of("t", unknown, "read", "k:9092", "user 'a'", Right.Read));
        Assert.Null(Refusals.Of("t", null, "read", "k:9092", "user 'a'", Right.Read));
        var some = new TopicDescription("id", new HashSet<Right> { Right.Describe, Right.Read });
        Assert.Null(Refusals.Of("t", some, "read", "k:9092", "user 'a'", Right.Read));
        Assert.Equal(
            "The topic 't' cannot be written: user 'a' has no right to Write at Kafka k:9092; it has the right to Read, Describe. Grant "
                + "it: kafka-acls.sh --add --allow-principal User:‹name› --operation Write --topic t.",
            Refusals.Of("t", some, "written", "k:9092", "user 'a'", Right.Write));
    }

    // A job that has written something loses a right; the next records must end it.
    private async Task RunUntilTakenAwayAsync(
        Func<string, string, string, string, Task> takeAway, Func<string, string, string, string, string[]> texts)
    {
        var (user, kafka) = broker.User();
        var (input, output, name) = (broker.Topic("in"), broker.Topic("out"), $"taken-{user}");
        await broker.GrantJobAsync(user, input, output, name);
        var seen = new TaskCompletionSource();
        var job = new Job(name);
        job.From(Kafka.Read<long>(kafka, input)).To(Kafka.Write<long>(kafka, output));
        var run = job.RunAsync(
            new JobOptions
            {
                CheckpointInterval = TimeSpan.FromMilliseconds(100),
                OnEvent = e =>
                {
                    if (e is JobEvent.CheckpointCompleted)
                    {
                        seen.TrySetResult();
                    }
                },
            },
            Cancellation);
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        await takeAway(user, input, output, name);

        // The broker hears of it a moment later, and fetches that wait for records are answered first.
        using var producer = new Producer(broker.Owner.ForProducer(), new ClientEvents());
        while (!run.IsCompleted)
        {
            Write(producer, input);
            await Task.WhenAny(run, Task.Run(() => producer.Flush(TimeSpan.FromSeconds(5)), Cancellation));
        }

        var failure = await Assert.ThrowsAsync<JobException>(() => run);
        Assert.All(texts(user, input, output, name), text => Assert.Contains(text, failure.ToString(), StringComparison.Ordinal));
    }

    private static unsafe void Write(Producer producer, string topic)
    {
        var bytes = stackalloc byte[8];
        new Span<byte>(bytes, 8).Clear();
        var message = new Native.RdMessage { Partition = 0, Payload = bytes, Length = 8 };
        Assert.Null(producer.Produce(producer.Topic(topic), message, null, 0));
    }

    private async Task ReplaceAsync(string user, ResourceType type, string name, AclOperation before, AclOperation now)
    {
        await broker.GrantAsync(user, type, name, now);
        await broker.TakeAwayAsync(user, type, name, before);
    }

    private static async Task CopyAsync(
        KafkaConnection kafka, KafkaTopics input, string output, string name, KafkaConnection? source = null)
    {
        var job = new Job(name);
        job.From(Kafka.Read<long>(source ?? kafka, input, new KafkaReadOptions { End = KafkaEnd.LatestAtStart }))
            .To(Kafka.Write<long>(kafka, output));
        await job.RunAsync(
            new JobOptions { CheckpointInterval = TimeSpan.FromSeconds(5), OnEvent = static _ => { } }, Cancellation);
    }
}
