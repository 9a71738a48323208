using Weir.KafkaLog.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Reading;

/// <summary>Event time is the timestamp of the message, unless a function says otherwise.</summary>
public sealed partial class EventTimeTests
{
    private const long Start = 1_764_000_000_000;

    private static readonly KafkaReadOptions ToEnd = new() { End = KafkaEnd.LatestAtStart };
    private static readonly WindowKind Seconds = Tumbling.Of(TimeSpan.FromSeconds(1));

    internal sealed record Total(long Key, DateTime From, long Sum);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Windows_go_by_the_timestamps_compiled_and_interpreted(bool isInterpreted)
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1, 2, 3], time: Start);
        Broker.Write(topic, 0, [4, 5], time: Start + 999);
        Broker.Write(topic, 0, [6], time: Start + 1000);
        var sink = new ListSink<Total>();
        var job = new Job("windows");
        Define(job, Kafka.Read<long>(Broker.Connection(), topic, ToEnd), sink);
        await job.RunAsync(new JobOptions { Interpreted = isInterpreted, Parallelism = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(
            [new(0, TimeOf(0), 6), new(0, TimeOf(1000), 6), new(1, TimeOf(0), 9)],
            sink.Records.OrderBy(total => total.Key).ThenBy(total => total.From));
    }

    [Fact]
    public async Task A_partition_that_is_silent_holds_windows_back_unless_it_is_said_for_how_long_it_may()
    {
        var topic = Broker.Topic(2);
        Broker.Write(topic, 0, [1], time: Start);
        Broker.Write(topic, 0, [2], time: Start + 5000);
        var waiting = new ListSink<Total>();
        var going = new ListSink<Total>();
        await using var one = new Running(topic, stream => stream.WithEventTime(TimeSpan.Zero), waiting);
        await using var two = new Running(
            topic, stream => stream.WithEventTime(TimeSpan.Zero).IdleAfter(TimeSpan.FromMilliseconds(50)), going);
        await two.UntilAsync(() => !going.Records.IsEmpty);
        Assert.Equal(new Total(1, TimeOf(0), 1), Assert.Single(going.Records));

        // The first job has had no less to read, and says nothing before the other partition does.
        await one.UntilAsync(() => one.RecordsIn == 2);
        Assert.Empty(waiting.Records);
        Broker.Write(topic, 1, [3], time: Start + 5000);
        await one.UntilAsync(() => !waiting.Records.IsEmpty);
        Assert.Equal(new Total(1, TimeOf(0), 1), Assert.Single(waiting.Records));
    }

    [Fact]
    public async Task A_partition_that_holds_event_time_back_is_told_by_its_name()
    {
        var topic = Broker.Topic(2);
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        var warnings = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var job = new Job("held");
        job.From(Kafka.Read<long>(Broker.Connection(), topic)).WithEventTime(TimeSpan.Zero).To(new ListSink<long>());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = job.Start(
            new JobOptions
            {
                TimeProvider = time,
                OnEvent = e =>
                {
                    if (e is JobEvent.Warning { Message: var text } && text.StartsWith("Event time", StringComparison.Ordinal))
                    {
                        warnings.Enqueue(text);
                    }
                },
            },
            end.Token);
        for (var n = 1; warnings.IsEmpty && n < 100; n++)
        {
            Broker.Write(topic, 1, [n], time: Start + n);
            while (running.Progress.RecordsIn < n)
            {
                end.Token.ThrowIfCancellationRequested();
                Assert.False(running.Completion.IsFaulted, running.Completion.Exception?.ToString());
                await Task.Yield();
            }

            time.Advance(TimeSpan.FromSeconds(5));
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Completion);
        Assert.Contains($"it waits for split '{topic}[0]' of", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_partition_that_is_held_back_by_alignment_is_no_silent_one()
    {
        var topic = Broker.Topic(2);
        Broker.Write(topic, 0, [1], time: Start);
        Broker.Write(topic, 1, [2], time: Start);
        for (var i = 1; i <= 40; i++)
        {
            Broker.Write(topic, 0, Enumerable.Repeat(1L, 50), time: Start + (i * 1000));
        }

        // Partition 0 may be a second ahead: it waits, and is not left behind as silent when partition 1 goes on.
        var sink = new ListSink<Total>();
        await using var job = new Running(
            topic,
            stream => stream.WithEventTime(TimeSpan.Zero).IdleAfter(TimeSpan.FromMinutes(10))
                .AlignWith("both", TimeSpan.FromSeconds(1)),
            sink);
        await job.UntilAsync(() => job.RecordsIn >= 2);
        Broker.Write(topic, 1, [2], time: Start + 41_000);
        await job.UntilAsync(() => sink.Records.Count(total => total.Key == 1) == 40);
        Assert.Equal(
            Enumerable.Range(0, 40).Select(i => i == 0 ? 1L : 50L),
            sink.Records.Where(total => total.Key == 1).OrderBy(total => total.From).Select(total => total.Sum));
    }

    [Fact]
    public async Task A_message_without_a_time_is_malformed_where_the_time_is_wanted_and_only_there()
    {
        var topic = Broker.Topic();
        Broker.Write(topic, 0, [1], time: -1);
        var sink = new ListSink<long>();
        var plain = new Job("plain");
        plain.From(Kafka.Read<long>(Broker.Connection(), topic, ToEnd)).To(sink);
        await plain.RunAsync(new JobOptions(), TestContext.Current.CancellationToken);
        Assert.Equal([1], sink.Records);

        var timed = new Job("timed");
        timed.From(Kafka.Read<long>(Broker.Connection(), topic, ToEnd)).WithEventTime(TimeSpan.Zero).To(sink);
        var failure = await Assert.ThrowsAsync<JobException>(() => timed.RunAsync(new JobOptions(), TestContext.Current.CancellationToken));
        Assert.Contains("it has no time (timestamp −1)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_taken_right_behind_a_source_that_knows_them_and_nowhere_else()
    {
        var stream = new Job("none").From(new[] { 1L }.ToList());
        var refused = Assert.Throws<ArgumentException>(() => stream.WithEventTime(TimeSpan.Zero));
        Assert.Contains("takes the times that a source knows", refused.Message, StringComparison.Ordinal);
        var kafka = new KafkaConnection("localhost:1");
        Assert.Throws<ArgumentException>(
            () => new Job("behind").From(Kafka.Read<long>(kafka, "t")).Where(n => n > 0).WithEventTime(TimeSpan.Zero));
    }

    [Fact]
    public void Times_are_taken_in_the_subtasks_of_the_source()
    {
        var job = new Job("apart");
        job.From(Kafka.Read<long>(new KafkaConnection("localhost:1"), "t")).WithParallelism(1)
            .WithEventTime(TimeSpan.Zero).WithParallelism(2).To(new ListSink<long>());
        var refused = Assert.ThrowsAny<Exception>(() => job.RunAsync(new JobOptions()).GetAwaiter().GetResult());
        Assert.Contains("must run in its subtasks", refused.Message, StringComparison.Ordinal);
    }

    [Pipeline]
    private static void Define(Job job, ISource<long> numbers, ISink<Total> totals) => job
        .From(numbers)
        .WithEventTime(TimeSpan.Zero)
        .Where(n => n > 0)
        .KeyBy(n => n % 2)
        .Window(Seconds)
        .Aggregate(g => new Total(g.Key, g.Window.Start, g.Sum(n => n)))
        .To(totals);

    private static DateTime TimeOf(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(Start + milliseconds);

    /// <summary>A job that goes on until the test has seen enough.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly RunningJob _job;

        public Running(string topic, Func<Stream<long>, Stream<long>> time, ISink<Total> sink)
        {
            var job = new Job("running");
            time(job.From(Kafka.Read<long>(Broker.Connection(), topic)))
                .KeyBy(n => n % 2)
                .Window(Seconds)
                .Aggregate(g => new Total(g.Key, g.Window.Start, g.Sum(n => n)))
                .To(sink);
            _job = job.Start(new JobOptions(), TestContext.Current.CancellationToken);
        }

        public long RecordsIn => _job.Progress.RecordsIn;

        public async Task UntilAsync(Func<bool> condition)
        {
            while (!condition())
            {
                Assert.False(_job.Completion.IsFaulted, _job.Completion.Exception?.ToString());
                await Task.Yield();
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }

        public async ValueTask DisposeAsync() => await _job.StopAsync(CancellationToken.None);
    }
}
