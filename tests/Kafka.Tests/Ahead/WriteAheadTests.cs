using MessagePack;
using Weir.KafkaLog.Ahead;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Tests.Doubles;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Tests.Ahead;

/// <summary>Messages that are written behind their checkpoint, by whoever finds them.</summary>
public sealed class WriteAheadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_decides_by_one_topic_writes_the_other_behind_its_checkpoints_and_both_hold_each_record_once()
    {
        var kafka = Broker.Connection();
        var (decides, follows) = (Broker.Topic(2), Broker.Topic(3));
        var job = new Job($"two-{decides}");
        var numbers = job.From(Enumerable.Range(0, 20_000).Select(i => (long)i).ToList());
        numbers.To(Kafka.Write<long>(kafka, decides, shape => shape.Key(n => n % 7)));
        numbers.To(Kafka.WriteAhead<long>(kafka, follows, shape => shape.Key(n => n % 7).Time(n => DateTime.UnixEpoch.AddSeconds(n))));
        await job.RunAsync(new JobOptions { Parallelism = 2, CheckpointInterval = TimeSpan.FromMilliseconds(50) }, Cancellation);
        foreach (var topic in new[] { decides, follows })
        {
            Assert.Equal(Enumerable.Range(0, 20_000).Select(i => (long)i), (await ReadAsync(kafka, topic)).Order());
        }
    }

    [Fact]
    public async Task A_transaction_that_two_find_in_a_checkpoint_is_written_once()
    {
        var writer = new Writer();
        var transaction = writer.Transaction(1, 1, 10, 11);
        writer.Found(transaction);
        writer.Found(transaction);
        Assert.Equal([10, 11], await writer.ReadAsync());
    }

    [Fact]
    public async Task Transactions_of_one_writer_may_be_found_in_any_order()
    {
        var writer = new Writer();
        writer.Found(writer.Transaction(1, 2, 20));
        writer.Found(writer.Transaction(1, 1, 10));
        writer.Found(writer.Transaction(1, 2, 20));
        Assert.Equal([10, 20], await writer.ReadAsync());
    }

    [Fact]
    public async Task Whoever_goes_back_to_an_older_checkpoint_finds_what_its_own_attempt_had_written()
    {
        var writer = new Writer();
        writer.Own(writer.Transaction(1, 1, 10), writer.Transaction(1, 2, 20));
        writer.Found(writer.Transaction(1, 1, 10));
        writer.Own(writer.Transaction(2, 1, 30));
        writer.Found(writer.Transaction(1, 2, 20));
        Assert.Equal([10, 20, 30], await writer.ReadAsync());
    }

    [Fact]
    public async Task A_process_that_was_believed_dead_writes_nothing_that_its_successor_has_written()
    {
        var writer = new Writer();
        using var zombie = writer.Log();
        zombie.Apply(writer.Transaction(1, 1, 10), isOwn: true, Writer.Budget, Cancellation);
        writer.Found(writer.Transaction(1, 2, 20));
        zombie.Apply(writer.Transaction(1, 2, 20), isOwn: true, Writer.Budget, Cancellation);
        Assert.Equal([10, 20], await writer.ReadAsync());
    }

    [Fact]
    public async Task Where_the_topic_of_the_markers_was_deleted_what_it_told_of_is_not_written_again_but_refused()
    {
        var writer = new Writer();
        var transaction = writer.Transaction(1, 1, 10) with { MarkerTopicId = writer.Markers.LookAtId(Cancellation) };
        writer.Own(transaction);
        writer.Found(transaction);
        Broker.Admin("topics", "--delete", "--topic", writer.MarkerTopic);
        var refused = Assert.Throws<ProgressException>(() => writer.Found(transaction));
        Assert.Contains($"'{writer.MarkerTopic}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("was deleted and made anew", refused.Message, StringComparison.Ordinal);
        Assert.Equal([10], await writer.ReadAsync());
    }

    [Fact]
    public async Task Two_directories_that_began_with_one_savepoint_are_not_taken_for_one_another()
    {
        var writer = new Writer();
        using (var trial = writer.Log(attempt: 2))
        {
            trial.Apply(writer.Transaction(2, 1, 10), isOwn: true, Writer.Budget, Cancellation);
            trial.Apply(writer.Transaction(2, 2, 20), isOwn: true, Writer.Budget, Cancellation);
        }

        using (var same = writer.Log(attempt: 2))
        {
            var refused = Assert.Throws<ProgressException>(
                () => same.Apply(writer.Transaction(2, 1, 11), isOwn: true, Writer.Budget, Cancellation));
            Assert.Contains("the checkpoints are older than the output", refused.Message, StringComparison.Ordinal);
        }

        using var next = writer.Log(attempt: 3);
        next.Apply(writer.Transaction(3, 1, 12), isOwn: true, Writer.Budget, Cancellation);
        Assert.Equal([10, 12, 20], await writer.ReadAsync());
    }

    [Fact]
    public async Task Another_life_of_the_job_writes_its_own_transactions_whatever_the_marker_says()
    {
        var writer = new Writer();
        writer.Own(writer.Transaction(5, 7, 10));
        writer.Found(writer.Transaction(1, 1, 20) with { RunId = "another" });
        Assert.Equal([10, 20], await writer.ReadAsync());
    }

    [Fact]
    public async Task A_branch_of_a_job_that_has_gone_on_behind_the_savepoint_is_refused_before_it_shuts_that_one_out()
    {
        var writer = new Writer();
        using var running = writer.Log(attempt: 1);
        var saved = writer.Transaction(1, 1, 10);
        running.Apply(saved, isOwn: true, Writer.Budget, Cancellation);
        running.Apply(writer.Transaction(1, 2, 20), isOwn: true, Writer.Budget, Cancellation);
        using var branch = writer.Log(attempt: 2, life: "branch");
        branch.Apply(saved, isOwn: false, Writer.Budget, Cancellation);
        var refused = Assert.Throws<ProgressException>(branch.EndRecovery);
        Assert.Contains("The job that the savepoint was taken of has gone on", refused.Message, StringComparison.Ordinal);

        // It notices nothing: without a budget a writer that is shut out would fail.
        running.Apply(writer.Transaction(1, 3, 30), isOwn: true, TimeSpan.Zero, Cancellation);
        Assert.Equal([10, 20, 30], await writer.ReadAsync());
    }

    [Fact]
    public async Task A_branch_that_has_written_nothing_yet_is_refused_once_its_job_has_gone_on()
    {
        var writer = new Writer();
        using var running = writer.Log(attempt: 1);
        var saved = writer.Transaction(1, 1, 10);
        running.Apply(saved, isOwn: true, Writer.Budget, Cancellation);
        using var branch = writer.Log(attempt: 2, life: "branch");
        branch.Apply(saved, isOwn: false, Writer.Budget, Cancellation);
        branch.EndRecovery();
        running.Apply(writer.Transaction(1, 2, 20), isOwn: true, Writer.Budget, Cancellation);
        var own = writer.Transaction(2, 1, 20) with { RunId = "branch" };
        var refused = Assert.Throws<ProgressException>(() => branch.Apply(own, isOwn: true, Writer.Budget, Cancellation));
        Assert.Contains("The job that the savepoint was taken of has gone on", refused.Message, StringComparison.Ordinal);
        Assert.Equal([10, 20], await writer.ReadAsync());
    }

    [Fact]
    public async Task A_second_branch_of_one_savepoint_is_refused_and_writes_nothing()
    {
        var writer = new Writer();
        using var running = writer.Log(attempt: 1);
        var saved = writer.Transaction(1, 1, 10);
        running.Apply(saved, isOwn: true, Writer.Budget, Cancellation);
        using var first = writer.Log(attempt: 2, life: "first");
        first.Apply(saved, isOwn: false, Writer.Budget, Cancellation);
        first.EndRecovery();
        first.Apply(writer.Transaction(2, 1, 11) with { RunId = "first" }, isOwn: true, Writer.Budget, Cancellation);
        using var second = writer.Log(attempt: 2, life: "second");
        second.Apply(saved, isOwn: false, Writer.Budget, Cancellation);
        var refused = Assert.Throws<ProgressException>(second.EndRecovery);
        Assert.Contains("Another job has begun with the same savepoint", refused.Message, StringComparison.Ordinal);
        Assert.Equal([10, 11], await writer.ReadAsync());
    }

    [Fact]
    public async Task A_savepoint_with_two_transactions_of_a_writer_is_begun_with_when_both_are_written()
    {
        var writer = new Writer();
        AheadTransaction[] saved = [writer.Transaction(1, 1, 10), writer.Transaction(1, 2, 20)];
        writer.Own(saved);
        using var next = writer.Log(attempt: 2, life: "next");
        foreach (var transaction in saved)
        {
            next.Apply(transaction, isOwn: false, Writer.Budget, Cancellation);
        }

        next.EndRecovery();
        next.Apply(writer.Transaction(2, 1, 30) with { RunId = "next" }, isOwn: true, Writer.Budget, Cancellation);
        Assert.Equal([10, 20, 30], await writer.ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_job_and_a_branch_that_has_written_one_goes_on_and_nothing_of_what_both_know_is_written_twice(bool isFirst)
    {
        var writer = new Writer();
        using var running = writer.Log(attempt: 1);
        var saved = writer.Transaction(1, 1, 10);
        if (isFirst)
        {
            running.Apply(saved, isOwn: true, Writer.Budget, Cancellation);
        }

        using var branch = writer.Log(attempt: 2, life: "branch");
        branch.Apply(saved, isOwn: false, Writer.Budget, Cancellation);
        branch.Apply(writer.Transaction(2, 1, 11) with { RunId = "branch" }, isOwn: true, Writer.Budget, Cancellation);
        var next = isFirst ? writer.Transaction(1, 2, 20) : saved;
        var refused = Assert.Throws<ProgressException>(() => running.Apply(next, isOwn: true, Writer.Budget, Cancellation));
        Assert.Contains("Another life of this job", refused.Message, StringComparison.Ordinal);
        Assert.Contains("life branch, and this is run", refused.Message, StringComparison.Ordinal);

        // So it is at its next start; and the branch may come to the savepoint again.
        Assert.Throws<ProgressException>(() => writer.Found(next));
        using var again = writer.Log(attempt: 3, life: "branch");
        again.Apply(saved, isOwn: false, Writer.Budget, Cancellation);
        Assert.Equal([10, 11], await writer.ReadAsync());
    }

    [Fact]
    public void A_record_that_is_too_large_is_refused_before_a_checkpoint_holds_it()
    {
        var shape = new KafkaMessageShape<byte[]>("t");
        shape.Key(bytes => "the-key").Value(bytes => bytes);
        var kept = new KeptMessages<byte[]>(shape, new KeptLimits(1 << 20, 1_000), "topic 't' at Kafka k");
        kept.Add(new byte[900]);
        var refusal = Assert.ThrowsAny<Exception>(() => kept.Add(new byte[1_000]));
        Assert.IsAssignableFrom<IPermanentFailure>(refusal);
        Assert.Contains("'the-key', key and value have 1007 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_and_what_belongs_to_each_message_count_as_the_client_counts_them()
    {
        var shape = new KafkaMessageShape<byte[]>("t");
        shape.Value(bytes => bytes).Headers(_ => new KafkaHeaders(new KafkaHeader("h", new byte[100])));
        var kept = new KeptMessages<byte[]>(shape, new KeptLimits(1 << 20, 1_000), "topic 't' at Kafka k");
        kept.Add(new byte[1_000 - 36 - 111]);
        Assert.ThrowsAny<Exception>(() => kept.Add(new byte[1_000 - 36 - 110]));
    }

    [Theory]
    [InlineData(null, 20_000)]
    [InlineData(null, 3_000_000)]
    [InlineData("50000", 3_000_000)]
    public async Task The_largest_record_that_fits_is_written_and_a_larger_one_enters_no_checkpoint(string? client, int topicBytes)
    {
        var kafka = client is null ? Broker.Connection() : Broker.Connection().WithProducer("message.max.bytes", client);
        var topic = Broker.Topic(settings: new Dictionary<string, string> { ["max.message.bytes"] = $"{topicBytes}" });
        var limit = client is null ? topicBytes - 61 : int.Parse(client, System.Globalization.CultureInfo.InvariantCulture);
        var largest = limit - 36 - 1;

        // Several to a batch, were it not for the limit of the topic.
        await WriteAsync(kafka, topic, [.. Enumerable.Repeat(largest, 3), .. Enumerable.Repeat(largest / 5, 20)]);
        Assert.Equal(23, (await ReadSizesAsync(kafka, topic)).Count);
        var failure = await Assert.ThrowsAsync<JobException>(() => WriteAsync(kafka, topic, [largest + 1]));
        Assert.Contains("is too large: its key begins with 'k'", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("committing", failure.Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(KafkaConnection kafka, string topic, IReadOnlyList<int> sizes)
    {
        var job = new Job($"sizes-{topic}-{sizes.Count}");
        job.From(sizes).To(Kafka.WriteAhead<int>(kafka, topic, shape => shape.Key(_ => "k").Value(size => new byte[size])));
        await job.RunAsync(new JobOptions { CheckpointInterval = TimeSpan.FromMilliseconds(50) }, Cancellation);
    }

    private static async Task<IReadOnlyList<int>> ReadSizesAsync(KafkaConnection kafka, string topic)
    {
        var sink = new ListSink<int>();
        var job = new Job($"read-{topic}");
        job.From(Kafka.ReadMessages(kafka, topic, message => message.Value.Length, new KafkaReadOptions { End = KafkaEnd.LatestAtStart }))
            .To(sink);
        await job.RunAsync(new JobOptions(), Cancellation);
        return [.. sink.Records];
    }

    [Fact]
    public void More_than_a_checkpoint_may_hold_is_refused_with_the_option_that_allows_it()
    {
        var shape = new KafkaMessageShape<byte[]>("t");
        shape.Value(bytes => bytes);
        var kept = new KeptMessages<byte[]>(shape, new KeptLimits(1_500, 1_000), "topic 't' at Kafka k");
        kept.Add(new byte[900]);
        Assert.Contains(
            "MaxBytesPerCheckpoint", Assert.ThrowsAny<Exception>(() => kept.Add(new byte[900])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_comes_out_of_a_checkpoint_as_it_went_in()
    {
        var shape = new KafkaMessageShape<int>("t");
        shape.Key(n => n == 0 ? null! : n == 1 ? "" : "k")
            .Value(n => new byte[n])
            .Tombstone(n => n == 2)
            .Partition(n => n - 1)
            .Time(n => DateTime.UnixEpoch.AddMilliseconds(n))
            .Headers(n => new KafkaHeaders(new KafkaHeader("h", n == 0 ? null : [1, 2])));
        var kept = new KeptMessages<int>(shape, new KeptLimits(1_500, 1_000), "t");
        kept.Add(0);
        kept.Add(1);
        kept.Add(2);
        var reader = new MessagePackReader(kept.Bytes);
        AssertMessage(new("t", -1, 0, null, [], new KafkaHeaders(new KafkaHeader("h", null))), KeptMessage.Read(ref reader));
        AssertMessage(new("t", 0, 1, [], [0], new KafkaHeaders(new KafkaHeader("h", [1, 2]))), KeptMessage.Read(ref reader));
        AssertMessage(new("t", 1, 2, "k"u8.ToArray(), null, new KafkaHeaders(new KafkaHeader("h", [1, 2]))), KeptMessage.Read(ref reader));
        Assert.True(reader.End);
    }

    private static void AssertMessage(KeptMessage expected, KeptMessage actual)
    {
        Assert.Equal((expected.Topic, expected.Partition, expected.Time), (actual.Topic, actual.Partition, actual.Time));
        Assert.Equal(expected.Key, actual.Key);
        Assert.Equal(expected.Value, actual.Value);
        Assert.Equal(expected.Headers.Select(header => header.Name), actual.Headers.Select(header => header.Name));
        Assert.Equal(expected.Headers.Select(header => header.Value), actual.Headers.Select(header => header.Value));
    }

    private static async Task<IReadOnlyList<long>> ReadAsync(KafkaConnection kafka, string topic)
    {
        var sink = new ListSink<long>();
        var job = new Job($"read-{topic}");
        job.From(Kafka.Read<long>(kafka, topic, new KafkaReadOptions { End = KafkaEnd.LatestAtStart })).To(sink);
        await job.RunAsync(new JobOptions(), Cancellation);
        return [.. sink.Records];
    }

    // A writer of one topic, as attempts of a job see it.
    private sealed class Writer
    {
        public static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

        private readonly KafkaConnection _kafka = Broker.Connection();
        private readonly string _topic = Broker.Topic();

        public string MarkerTopic => $"{_topic}.ahead";

        public ProgressTopic Markers => new(_kafka, MarkerTopic, TimeSpan.FromSeconds(10), _ => { });

        public AheadLog Log(long attempt = long.MaxValue, string life = "run") => new(
            _kafka,
            new ClientEvents(),
            Transaction(1, 1).TransactionalId,
            Markers,
            MarkerTopic,
            TimeSpan.FromSeconds(10),
            TimeSpan.FromMilliseconds(50),
            life,
            attempt);

        public AheadTransaction Transaction(long attempt, long number, params long[] values)
        {
            var shape = new KafkaMessageShape<long>(_topic);
            shape.Value(value => value);
            var kept = new KeptMessages<long>(shape, new KeptLimits(1 << 20, 1 << 20), _topic);
            foreach (var value in values)
            {
                kept.Add(value);
            }

            return new AheadTransaction(_topic, "sink.0", "run", attempt, number, kept.Count, kept.Bytes.ToArray());
        }

        public void Own(params AheadTransaction[] transactions)
        {
            using var log = Log();
            foreach (var transaction in transactions)
            {
                log.Apply(transaction, isOwn: true, Budget, Cancellation);
            }
        }

        public void Found(AheadTransaction transaction)
        {
            using var log = Log(life: transaction.RunId!);
            log.Apply(transaction, isOwn: false, Budget, Cancellation);
        }

        public async Task<IEnumerable<long>> ReadAsync() => (await WriteAheadTests.ReadAsync(_kafka, _topic)).Order();
    }
}
