using System.Collections.Concurrent;

namespace Weir.Runtime.Tests.Running;

public sealed class JobRunnerTests
{
    private const int Count = 40_000;

    private static readonly RestartStrategy AtOnce = RestartStrategy.FixedDelay(3, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_job_runs_to_the_end_and_commits_everything_with_its_final_checkpoint(int parallelism)
    {
        var sink = new MemorySink<int>();
        var result = await Numbers(sink, value => value, out _).RunAsync(new JobOptions { Parallelism = parallelism }, Cancellation);
        Assert.Equal(Enumerable.Range(0, Count), sink.Visible);
        Assert.Equal(Count, result.RecordsIn);
        Assert.Equal(Count, result.RecordsOut);
        Assert.Equal(1, result.Checkpoints);
        Assert.Null(result.RestoredFrom);
    }

    [Fact]
    public async Task A_pipeline_that_cannot_be_built_is_given_up_after_the_third_time()
    {
        var job = new Job("runner");
        job.From(new MemorySource<int>([1])).To(new UnopenedSink(() => new InvalidCastException("no such exchange")));
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(
            new JobOptions { RestartStrategy = RestartStrategy.FixedDelay(9, TimeSpan.Zero) }, Cancellation));
        Assert.StartsWith(
            "Job 'runner' could not be built from its pipeline: no such exchange. It was the same InvalidCastException 3 times in a row, so "
            + "there was no further restart.",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sink_whose_target_is_out_of_reach_is_opened_again()
    {
        var opened = 0;
        var job = new Job("runner");
        job.From(new MemorySource<int>([1])).To(new UnopenedSink(() => new IOException($"no route, {++opened}")));
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(
            new JobOptions { RestartStrategy = RestartStrategy.FixedDelay(9, TimeSpan.Zero) }, Cancellation));
        Assert.Equal(10, opened);
        Assert.Contains("The restart strategy allows no more after 9 restarts.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Windows_that_are_kept_in_another_form_than_in_the_checkpoint_are_refused_by_name()
    {
        var options = new JobOptions { CheckpointStore = new MemoryCheckpointStore() };
        await Hourly(static windowed => windowed).RunAsync(options, Cancellation);
        var refused = await Assert.ThrowsAsync<JobException>(() =>
            Hourly(static windowed => windowed.AllowLateness(TimeSpan.FromHours(1))).RunAsync(options, Cancellation));
        Assert.Contains(
            "'windows' was tumbling of 1 h and is tumbling of 1 h, with a trigger, an evictor, allowed lateness, Discarding or Retracting "
            + "now. Change the windows back",
            refused.Message,
            StringComparison.Ordinal);

        static Job Hourly(Func<WindowedStream<int, int>, WindowedStream<int, int>> how)
        {
            var job = new Job("runner");
            how(job.From(new MemorySource<int>([1, 2, 3]))
                .WithEventTime(static value => (long)value, TimeSpan.Zero)
                .KeyBy(static value => value % 2)
                .Window(Tumbling.Of(TimeSpan.FromHours(1))))
                .Reduce(static (one, other) => one + other)
                .To(new MemorySink<int>());
            return job;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_user_function_that_fails_once_costs_a_replay_and_no_record(int parallelism)
    {
        var sink = new MemorySink<int>();
        var events = new ConcurrentQueue<JobEvent>();
        var fuse = 1;
        var job = Numbers(
            sink,
            value => value == Count - 7 && Interlocked.Exchange(ref fuse, 0) == 1
                ? throw new InvalidOperationException("the fuse has blown") : value,
            out _);
        var result = await job.RunAsync(Every(1, events, parallelism) with { RestartStrategy = AtOnce }, Cancellation);
        Assert.Equal(Enumerable.Range(0, Count), sink.Visible);
        Assert.Equal(1, result.Restarts);
        Assert.Equal(2, events.OfType<JobEvent.Started>().Last().Attempt);
        Assert.Contains("the fuse has blown", Assert.Single(events.OfType<JobEvent.Failed>()).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_has_finished_and_is_run_again_has_nothing_left_to_do()
    {
        var sink = new MemorySink<int>();
        var store = new MemoryCheckpointStore();
        var options = new JobOptions { CheckpointStore = store };
        await Numbers(sink, value => value, out _).RunAsync(options, Cancellation);
        var again = await Numbers(sink, value => value, out var source)
            .RunAsync(options with { Parallelism = 2, KeyGroupCount = null }, Cancellation);
        Assert.Equal(0, again.RecordsIn);
        Assert.Equal(new CheckpointName(1, new(1)), again.RestoredFrom);
        Assert.Equal(0, source.Listings);
        Assert.Equal(Enumerable.Range(0, Count), sink.Visible);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(10_000_000)]
    public async Task A_call_may_take_longer_than_timers_can_count(int days)
    {
        var sink = new MemorySink<int>();
        var options = new JobOptions { CheckpointTimeout = TimeSpan.FromDays(days), RestartStrategy = RestartStrategy.None };
        await Numbers(sink, value => value, out _).RunAsync(options, Cancellation);
        Assert.Equal(Enumerable.Range(0, Count), sink.Visible);
    }

    [Fact]
    public async Task A_restart_may_be_longer_away_than_timers_can_count()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var job = Numbers(new MemorySink<int>(), _ => throw new InvalidOperationException("no"), out _);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(
            new JobOptions
            {
                RestartStrategy = RestartStrategy.FixedDelay(3, TimeSpan.FromDays(60)),
                OnEvent = happened => (happened is JobEvent.Failed ? stop : null)?.Cancel(),
            },
            stop.Token));
    }

    [Fact]
    public async Task A_permanent_failure_is_not_retried_and_says_what_to_do()
    {
        var events = new ConcurrentQueue<JobEvent>();
        var job = Numbers(new MemorySink<int>(), _ => throw new SourceException("row 3 is malformed."), out _);
        var failure = await Assert.ThrowsAsync<JobException>(
            () => job.RunAsync(new JobOptions { RestartStrategy = AtOnce, OnEvent = events.Enqueue }, Cancellation));
        Assert.Contains("row 3 is malformed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("A restart would not help", failure.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(events.OfType<JobEvent.Failed>()).RetryIn);
        Assert.Single(events.OfType<JobEvent.Started>());
    }

    [Fact]
    public async Task A_failure_without_a_checkpoint_directory_does_not_promise_that_the_next_run_continues()
    {
        var job = Numbers(new MemorySink<int>(), _ => throw new SourceException("row 3 is malformed."), out _);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions(), Cancellation));
        Assert.EndsWith(
            "run the job again: it begins anew, since no JobOptions.CheckpointDirectory is set.",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_before_the_first_checkpoint_promises_no_checkpoint_to_continue_from()
    {
        var job = Numbers(new MemorySink<int>(), _ => throw new SourceException("row 3 is malformed."), out _);
        var options = new JobOptions { CheckpointStore = new MemoryCheckpointStore() };
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(options, Cancellation));
        Assert.EndsWith(
            "run the job again: it continues from its newest checkpoint, if there is one.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_without_a_codec_fails_the_job_at_once()
    {
        var job = new Job("uncoded");
        job.From(new MemorySource<int>([1, 2])).WithEventTime(value => value, TimeSpan.Zero)
            .KeyBy(value => new Uncoded(value)).Window(Tumbling.Of(TimeSpan.FromSeconds(1))).Aggregate(g => g.Count())
            .To(new MemorySink<int>());
        await FailsAtOnceAsync(job, new JobOptions { Parallelism = 2 }, "'KeyBy-1': There is no codec for");
    }

    [Fact]
    public async Task A_checkpoint_that_the_source_refuses_fails_the_job_at_once()
    {
        var store = new MemoryCheckpointStore();
        await Numbers(new MemorySink<int>(), value => value, out _).RunAsync(new JobOptions { CheckpointStore = store }, Cancellation);
        var job = new Job("numbers");
        job.From(new MemorySource<int>([1]) { Refusal = "those are letters." }).To(new MemorySink<int>());
        await FailsAtOnceAsync(job, new JobOptions { CheckpointStore = store }, "those are letters.");
    }

    [Fact]
    public async Task An_argument_that_a_sink_refuses_while_the_job_is_planned_fails_it_at_once()
    {
        var job = new Job("refused");
        job.From(new MemorySource<int>([1])).To(new RefusedSink());
        await FailsAtOnceAsync(job, new JobOptions(), "the table has no such column");
    }

    [Fact]
    public async Task Sinks_that_were_opened_are_closed_when_a_later_one_cannot_be()
    {
        var opened = new CountedSink();
        var job = new Job("refused");
        var numbers = job.From(new MemorySource<int>([1]));
        numbers.To(opened);
        numbers.To(new RefusedSink());
        await FailsAtOnceAsync(job, new JobOptions(), "the table has no such column");
        Assert.True(opened.Opened == opened.Closed, $"{opened.Opened} writers were opened, {opened.Closed} closed");
    }

    [Fact]
    public async Task When_the_restart_strategy_gives_up_the_failure_says_where_it_was()
    {
        var job = Numbers(new MemorySink<int>(), _ => throw new InvalidOperationException("no luck"), out _);
        var failure = await Assert.ThrowsAsync<JobException>(
            () => job.RunAsync(new JobOptions { RestartStrategy = AtOnce, RepeatedFailureLimit = 0 }, Cancellation));
        Assert.Contains("Select-1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'numbers'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no luck. The record came from split", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The restart strategy allows no more after 3 restarts", failure.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(failure.InnerException!.InnerException);
    }

    [Theory]
    [InlineData(1, new[] { "split", "offset" }, 3)]
    [InlineData(2, new string[0], 1000)] // behind an exchange, where newer checkpoints make it another failure
    public async Task H26_a_function_that_throws_at_the_same_record_every_time_fails_the_job(int parallelism, string[] place, int atMost)
    {
        var events = new ConcurrentQueue<JobEvent>();
        var job = Numbers(
            new MemorySink<int>(), value => value == Count - 7 ? throw new FormatException("no number") : value, out _);
        var forever = RestartStrategy.FixedDelay(1000, TimeSpan.Zero);
        var failure = await Assert.ThrowsAsync<JobException>(
            () => job.RunAsync(Every(1, events, parallelism) with { RestartStrategy = forever }, Cancellation));
        Assert.InRange(events.OfType<JobEvent.Failed>().Count(), 3, atMost);
        foreach (var told in (
            string[])[.. place, "Select-1", "no number", "the same FormatException 3 times in a row", "RepeatedFailureLimit"])
        {
            Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_corrupt_newest_checkpoint_is_said_loudly_and_the_one_before_is_used()
    {
        var events = new ConcurrentQueue<JobEvent>();
        var store = new FaultyStore();
        var sink = new MemorySink<int>();
        await StopAfterAsync(2, store, sink);
        var newest = (await store.ListAsync("numbers", Cancellation))[0];
        store.Damaged.Add(newest);

        var result = await Numbers(sink, value => value, out _)
            .RunAsync(new JobOptions { CheckpointStore = store, OnEvent = events.Enqueue }, Cancellation);
        var unusable = Assert.Single(events.OfType<JobEvent.CheckpointUnusable>());
        Assert.Equal(newest, unusable.Checkpoint);
        Assert.Contains("manifest: its checksum is", unusable.Reason, StringComparison.Ordinal);
        Assert.True(result.RestoredFrom!.Value < newest);
        Assert.True((await store.ListAsync("numbers", Cancellation))[0] > newest);
    }

    [Fact]
    public async Task When_all_checkpoints_are_corrupt_the_job_does_not_silently_start_from_nothing()
    {
        var store = new FaultyStore();
        var sink = new MemorySink<int>();
        await StopAfterAsync(2, store, sink);
        store.Damaged.UnionWith(await store.ListAsync("numbers", Cancellation));
        var failure = await Assert.ThrowsAsync<JobException>(
            () => Numbers(sink, value => value, out _).RunAsync(new JobOptions { CheckpointStore = store }, Cancellation));
        Assert.Contains("every checkpoint in the faulty store is damaged", failure.Message, StringComparison.Ordinal);
        Assert.Contains("move it away to start from nothing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_with_state_of_an_operator_that_the_job_lacks_is_refused_unless_that_is_allowed()
    {
        var store = new MemoryCheckpointStore();
        var sink = new MemorySink<int>();
        await Numbers(sink, value => value, out _).RunAsync(new JobOptions { CheckpointStore = store }, Cancellation);
        var job = new Job("numbers");
        job.From(new MemorySource<int>([1, 2])).Id("other-numbers").To(sink);
        var failure = await Assert.ThrowsAsync<JobException>(() => job.RunAsync(new JobOptions { CheckpointStore = store }, Cancellation));
        Assert.Contains("holds state of operator 'From-1', which the job does not have", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The job has operator 'other-numbers'", failure.Message, StringComparison.Ordinal);

        var result = await job.RunAsync(new JobOptions { CheckpointStore = store, AllowNonRestoredState = true }, Cancellation);
        Assert.Equal(2, result.RecordsIn);
    }

    [Fact]
    public async Task Cancelling_keeps_the_checkpoints_takes_no_further_one_and_releases_the_store()
    {
        var store = new FaultyStore();
        await StopAfterAsync(1, store, new MemorySink<int>());
        Assert.True(store.Releases > 0);
        Assert.NotEmpty(await store.ListAsync("numbers", Cancellation));
    }

    [Fact]
    public async Task No_more_checkpoints_are_kept_than_asked_for()
    {
        var store = new MemoryCheckpointStore();
        var events = new ConcurrentQueue<JobEvent>();
        await Numbers(new MemorySink<int>(), value => value, out _)
            .RunAsync(Every(1, events, 1) with { CheckpointStore = store, RetainedCheckpoints = 2 }, Cancellation);
        Assert.InRange((await store.ListAsync("numbers", Cancellation)).Count, 1, 2);
    }

    [Fact]
    public void A_wrong_option_is_named_before_anything_starts()
    {
        var job = Numbers(new MemorySink<int>(), value => value, out _);
        Assert.Equal("Parallelism",
            Assert.Throws<ArgumentOutOfRangeException>(() => job.Start(new JobOptions { Parallelism = 0 }, Cancellation)).ParamName);
        Assert.Equal("CheckpointInterval",
            Assert.Throws<ArgumentOutOfRangeException>(() => job.Start(new JobOptions { CheckpointInterval = TimeSpan.Zero }, Cancellation))
            .ParamName);
        foreach (var (option, options) in new (string, JobOptions)[]
        {
            (nameof(JobOptions.KeyGroupCount), new() { KeyGroupCount = 32_769 }),
            (nameof(JobOptions.RestoreFrom), new() { RestoreFrom = "" }),
            (nameof(JobOptions.RestoreFrom), new() { RestoreFrom = "a\0b" }),
            (nameof(JobOptions.CheckpointDirectory), new() { CheckpointDirectory = " " }),
            (nameof(JobOptions.Guarantee), new() { Guarantee = (Guarantee)99 }),
            (nameof(JobOptions.MaxRecordsPerSecond), new() { MaxRecordsPerSecond = double.Epsilon }),
            (nameof(JobOptions.MaxRecordsPerSecond), new() { MaxRecordsPerSecond = double.NaN }),
        })
        {
            Assert.Equal(option, Assert.ThrowsAny<ArgumentException>(() => job.Start(options, Cancellation)).ParamName);
        }
    }

    [Fact]
    public async Task Progress_can_be_asked_for_while_the_job_runs_and_ends_with_the_result()
    {
        var running = Numbers(new MemorySink<int>(), value => value, out _).Start(new JobOptions { Parallelism = 2 }, Cancellation);
        var before = running.Progress;
        var result = await running.Completion;
        var after = running.Progress;
        Assert.True(before.RecordsIn <= after.RecordsIn);
        Assert.Equal(result.RecordsIn, after.RecordsIn);
        Assert.Equal(new CheckpointName(1, new(1)), after.LastCheckpoint);
    }

    private static async Task FailsAtOnceAsync(Job job, JobOptions options, string reason)
    {
        var events = new ConcurrentQueue<JobEvent>();
        var failure = await Assert.ThrowsAsync<JobException>(
            () => job.RunAsync(options with { RestartStrategy = AtOnce, OnEvent = events.Enqueue }, Cancellation));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Null(Assert.Single(events.OfType<JobEvent.Failed>()).RetryIn);
    }

    // Cancelled by an event of the job itself: no test waits for time.
    private static async Task StopAfterAsync(int checkpoints, ICheckpointStore store, MemorySink<int> sink)
    {
        using var cancel = new CancellationTokenSource();
        var completed = 0;
        var job = new Job("numbers");
        job.From(new EndlessSource()).Id("From-1").Select(value => value).To(sink);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job.RunAsync(
            new JobOptions
            {
                CheckpointStore = store,
                CheckpointInterval = TimeSpan.FromMilliseconds(1),
                OnEvent = e =>
                {
                    if (e is JobEvent.CheckpointCompleted && ++completed == checkpoints)
                    {
                        cancel.Cancel();
                    }
                },
            },
            cancel.Token));
    }

    private static JobOptions Every(int ms, ConcurrentQueue<JobEvent> events, int parallelism) => new()
    {
        Parallelism = parallelism,
        CheckpointInterval = TimeSpan.FromMilliseconds(ms),
        BatchCapacity = 16,
        OnEvent = events.Enqueue,
    };

    private static Job Numbers(MemorySink<int> sink, Func<int, int> function, out MemorySource<int> source)
    {
        var job = new Job("numbers");
        source = new MemorySource<int>([.. Enumerable.Range(0, Count).Chunk((Count / 4) + 1)]);
        job.From(source).Rebalance().Select(function).To(sink);
        return job;
    }

    private sealed record Uncoded(int Value);
}
