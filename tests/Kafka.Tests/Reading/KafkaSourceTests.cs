using System.Text.RegularExpressions;
using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Reading;

/// <summary>What is read of a real broker, and what is refused.</summary>
public sealed class KafkaSourceTests
{
    private static readonly KafkaReadOptions ToEnd = new() { End = KafkaEnd.LatestAtStart };

    [Fact]
    public async Task A_bounded_job_ends_behind_markers_of_transactions_and_reads_nothing_that_was_aborted()
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1, 2]);
        Broker.Write(topic, 0, [3, 4], transaction: $"{topic}-a", isAborted: true);
        Broker.Write(topic, 0, [5], transaction: $"{topic}-b");
        Assert.Equal([1, 2, 5], await ReadAsync(topic, ToEnd));
        Assert.Equal([1, 2, 3, 4, 5], await ReadAsync(topic, ToEnd with { ReadsUncommitted = true }));
    }

    [Fact]
    public async Task Reading_begins_and_ends_where_it_is_told_to()
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [0, 1, 2], time: 1_000_000);
        Broker.Write(topic, 0, [3, 4, 5], time: 2_000_000);
        var middle = DateTimeOffset.FromUnixTimeMilliseconds(1_500_000);
        Assert.Equal([3, 4, 5], await ReadAsync(topic, ToEnd with { Start = KafkaStart.At(middle) }));
        Assert.Equal([0, 1, 2], await ReadAsync(topic, new KafkaReadOptions { End = KafkaEnd.At(middle) }));
        Assert.Equal([2, 3], await ReadAsync(topic, new KafkaReadOptions
        {
            Start = KafkaStart.Offsets(new Dictionary<int, long> { [0] = 2 }),
            End = KafkaEnd.Offsets(new Dictionary<int, long> { [0] = 4 }),
        }));
        Assert.Empty(await ReadAsync(topic, ToEnd with { Start = KafkaStart.Latest }));
    }

    [Fact]
    public async Task A_group_sees_the_position_of_a_checkpoint_with_the_markers_so_that_its_lag_is_none()
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1, 2, 3], transaction: $"{topic}-a");
        var group = $"group-{topic}";
        Assert.Equal(
            [1, 2, 3],
            await ReadAsync(topic, ToEnd with { Group = group }, new JobOptions { CheckpointInterval = TimeSpan.FromMilliseconds(20) }));
        Broker.Write(topic, 0, [4]);
        Assert.Equal([4], await ReadAsync(topic, ToEnd with { Group = group, Start = KafkaStart.Committed }));
    }

    [Fact]
    public async Task Partitions_that_are_added_are_found_and_read_from_their_beginning()
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1]);
        var sink = new ListSink<long>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = JobOf(topic, new KafkaReadOptions { DiscoverEvery = TimeSpan.FromMilliseconds(100) }, sink)
            .RunAsync(new JobOptions(), stop.Token);
        await UntilAsync(() => sink.Records.Count == 1, running);
        Broker.Admin("topics", "--alter", "--topic", topic, "--partitions", "2");
        Broker.Write(topic, 1, [7, 8]);
        await UntilAsync(() => sink.Records.Count >= 3, running);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal([1, 7, 8], sink.Records);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3600)]
    public async Task Partitions_that_came_while_the_job_was_down_are_found_when_it_starts_by_the_options_of_then(int? secondsBefore)
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1]);
        var options = new JobOptions { CheckpointStore = new MemoryCheckpointStore() };
        var before = new KafkaReadOptions { DiscoverEvery = secondsBefore is { } some ? TimeSpan.FromSeconds(some) : null };
        var sink = new ListSink<long>();
        var running = JobOf(topic, before, sink).Start(options, TestContext.Current.CancellationToken);
        await UntilAsync(() => sink.Records.Count == 1, running.Completion);
        await running.StopAsync(TestContext.Current.CancellationToken);
        Broker.Admin("topics", "--alter", "--topic", topic, "--partitions", "2");
        Broker.Write(topic, 1, [7, 8]);
        var again = JobOf(topic, new KafkaReadOptions { DiscoverEvery = TimeSpan.FromHours(1) }, sink)
            .Start(options, TestContext.Current.CancellationToken);
        await UntilAsync(() => sink.Records.Count == 3, again.Completion);
        await again.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 7, 8], sink.Records);
    }

    [Fact]
    public async Task A_job_goes_on_where_its_checkpoint_says()
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, Enumerable.Range(0, 100).Select(n => (long)n));
        var store = new MemoryCheckpointStore();
        var options = new JobOptions { CheckpointStore = store };
        var sink = new ListSink<long>();
        var running = JobOf(topic, new KafkaReadOptions(), sink).Start(options, TestContext.Current.CancellationToken);
        await UntilAsync(() => sink.Records.Count == 100, running.Completion);
        await running.StopAsync(TestContext.Current.CancellationToken);
        Broker.Write(topic, 0, [100, 101]);
        var next = new ListSink<long>();
        var again = JobOf(topic, new KafkaReadOptions(), next).Start(options, TestContext.Current.CancellationToken);
        await UntilAsync(() => next.Records.Count == 2, again.Completion);
        await again.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal([100, 101], next.Records);
    }

    [Fact]
    public async Task A_topic_that_was_made_anew_and_a_position_that_is_gone_are_refused_and_never_read_from_another_place()
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1, 2, 3]);
        var options = new JobOptions { CheckpointStore = new MemoryCheckpointStore() };
        var sink = new ListSink<long>();
        var running = JobOf(topic, new KafkaReadOptions(), sink).Start(options, TestContext.Current.CancellationToken);
        await UntilAsync(() => sink.Records.Count == 3, running.Completion);
        await running.StopAsync(TestContext.Current.CancellationToken);

        Broker.Admin("topics", "--delete", "--topic", topic);
        Broker.Admin("topics", "--create", "--topic", topic, "--partitions", "1");
        var anew = await Assert.ThrowsAsync<JobException>(
            () => JobOf(topic, new KafkaReadOptions(), sink).RunAsync(options, TestContext.Current.CancellationToken));
        Assert.Contains("is not the one that this job has read", anew.Message, StringComparison.Ordinal);

        var beyond = await Assert.ThrowsAsync<JobException>(() => ReadAsync(topic, new KafkaReadOptions
        {
            Start = KafkaStart.Offsets(new Dictionary<int, long> { [0] = 50 }),
        }));
        Assert.Contains("cannot be read on from offset 50: it has records from 0 to 0", beyond.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_is_refused_at_once_with_what_to_do()
    {
        Broker.Connection();
        var failure = await Assert.ThrowsAsync<JobException>(() => ReadAsync("no-such-topic", ToEnd));
        Assert.Contains("The topic 'no-such-topic' cannot be read: it does not exist at Kafka", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_of_a_pattern_are_read_together()
    {
        var (one, two) = (Broker.Topic(name: "pattern-x"), Broker.Topic(name: "pattern-y"));
        Broker.Write(one, 0, [1]);
        Broker.Write(two, 0, [2]);
        var sink = new ListSink<string>();
        var job = new Job("patterns");
        job.From(Kafka.ReadMessages(
            Broker.Connection(), new Regex($"^({one}|{two})$"), message =>
                $"{message.Topic}:{RecordFormats.Int64.Read(message.Value)}", ToEnd)).To(sink);
        await job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
        Assert.Equal([$"{one}:1", $"{two}:2"], sink.Records.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_named_by_its_place_and_its_first_bytes()
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1]);
        var sink = new ListSink<int>();
        var job = new Job("malformed");
        job.From(Kafka.Read<int>(Broker.Connection(), topic, ToEnd)).To(sink);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions(), TestContext.Current.CancellationToken));
        Assert.Contains($"The message at offset 0 of {topic}[0]", failure.Message, StringComparison.Ordinal);
        Assert.Contains("begins with 0x0000000000000001", failure.Message, StringComparison.Ordinal);
        Assert.IsType<SourceException>(Assert.IsType<OperatorException>(failure.InnerException).InnerException);
    }

    private static Job JobOf(string topic, KafkaReadOptions options, ListSink<long> sink)
    {
        var job = new Job($"read-{topic}");
        job.From(Kafka.Read<long>(Broker.Connection(), topic, options)).To(sink);
        return job;
    }

    private static async Task<IReadOnlyList<long>> ReadAsync(string topic, KafkaReadOptions options, JobOptions? how = null)
    {
        var sink = new ListSink<long>();
        await JobOf(topic, options, sink)
            .RunAsync(how ?? new JobOptions { RestartStrategy = RestartStrategy.None }, TestContext.Current.CancellationToken);
        return [.. sink.Records];
    }

    private static async Task UntilAsync(Func<bool> condition, Task job)
    {
        while (!condition())
        {
            Assert.False(job.IsFaulted, job.Exception?.ToString());
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
