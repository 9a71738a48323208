using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Time;

/// <summary>Watermarks that records make, and watermarks at an interval.</summary>
public sealed class GeneratorTests
{
    private static readonly Tumbling Ten = Tumbling.Of(TimeSpan.FromMicroseconds(10));

    [Fact]
    public void Records_say_what_has_come_and_between_them_nothing_is_late()
    {
        // Only the markers, which are negative, promise.
        var run = Run(
            stream => stream.WithEventTime(n => Math.Abs(n), Watermarks.Punctuated<long>((n, at) => n < 0 ? at : null)),
            out var results, 5, 25, 3, -12, 9, 14);

        Assert.Equal(["0=2", "10=2", "20=1"], results);
        Assert.Equal(1, run.Subtasks.Sum(subtask => subtask.Counters.Late));
    }

    [Fact]
    public void A_function_of_record_and_time_may_stand_instead()
    {
        var sink = new MemorySink<string>();
        var job = new Job("markers");
        job.From(new MemorySource<long>([5, 25, 3, -12, 9, 14]))
            .WithEventTime(n => EventTime.ToDateTime(Math.Abs(n)), watermark: (n, at) => n < 0 ? at : null)
            .KeyBy(_ => 0).Window(Ten).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(sink);

        PipelineRun.Start(job, batchCapacity: 1).Finish(1);

        Assert.Equal(["0=2", "10=2", "20=1"], sink.Committed);
    }

    [Fact]
    public void What_a_generator_remembers_of_each_split_comes_back_after_every_record()
    {
        IReadOnlyList<long>[] splits = [[1, 4, 9, 7, 12, 18, 15, 31], [2, 3, 8, 11, 13, 22, 27, 30], [40, 6, 41]];
        var undisturbed = new MemorySink<string>();
        PipelineRun.Start(Steady(splits, undisturbed), batchCapacity: 1).Finish(1);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var sink = new MemorySink<string>();
            var job = Steady(splits, sink);
            PipelineRun? before = null;
            var checkpoint = 0L;
            for (var attempt = 1; attempt < 8; attempt++)
            {
                var run = PipelineRun.Start(job, 1, seed, batchCapacity: 1, attempt: attempt, restoreFrom: before, keyGroupCount: 128);
                run.Steps(random.Next(12));
                run.Inject(++checkpoint);
                run.StepUntil(() => run.Newest?.Id.Value == checkpoint);
                before = run;
            }

            PipelineRun.Start(job, 1, seed, batchCapacity: 1, attempt: 8, restoreFrom: before, keyGroupCount: 128).Finish(checkpoint + 1);

            Assert.Equal(undisturbed.Committed.Order(StringComparer.Ordinal), sink.Committed.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_generator_with_a_period_is_asked_when_it_has_passed()
    {
        var clock = new SetClock();
        var sink = new MemorySink<string>();
        var job = new Job("periodic");
        job.From(new MemorySource<long>([1, 12, 5, 30]) { Pauses = n => n == 2 || (n == 3 && clock.Now == 0) })
            .WithEventTime(n => n, new AfterSilence()).KeyBy(_ => 0)
            .Window(Ten).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(sink);
        var run = PipelineRun.Start(job, batchCapacity: 1, time: clock);
        Assert.True(run.StepUntil(() => run.Subtasks[0].Counters.RecordsIn == 2));

        // The period passes: 12 − 1 is promised, and 5 is late.
        clock.Now = EventTime.Second;
        run.Finish(1);

        Assert.Equal(["0=1", "10=1", "30=1"], sink.Committed);
        Assert.Equal(1, run.Subtasks.Sum(subtask => subtask.Counters.Late));
    }

    [Fact]
    public void At_an_interval_fewer_watermarks_come_and_the_same_results()
    {
        var clock = new SetClock();
        var run = Run(
            stream => stream.WithEventTime(n => n, Watermarks.Ascending.Every(TimeSpan.FromMilliseconds(10))),
            out var results, clock, 1, 12, 5, 25);

        // The clock stood still: the one watermark is that of the end, and 5 is not late.
        Assert.Equal(["0=2", "10=1", "20=1"], results);
        Assert.Equal(0, run.Subtasks.Sum(subtask => subtask.Counters.Late));
    }

    [Fact]
    public void Strategies_refuse_what_cannot_be_and_say_what_they_are()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Watermarks.BoundedDisorder(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Watermarks.Ascending.Every(TimeSpan.Zero));
        Assert.Throws<ArgumentNullException>(() => Watermarks.Punctuated<int>(null!));
        Assert.Equal("ascending", $"{Watermarks.Ascending}");
        Assert.Equal("disorder of at most 00:01:00, every 00:00:01",
            $"{Watermarks.BoundedDisorder(TimeSpan.FromMinutes(1)).Every(TimeSpan.FromSeconds(1))}");
    }

    private static PipelineRun Run(Func<Stream<long>, Stream<long>> timed, out List<string> results, params IReadOnlyList<long> numbers) =>
        Run(timed, out results, TimeProvider.System, numbers);

    private static PipelineRun Run(
        Func<Stream<long>, Stream<long>> timed, out List<string> results, TimeProvider clock, params IReadOnlyList<long> numbers)
    {
        var sink = new MemorySink<string>();
        var job = new Job("generated");
        timed(job.From(new MemorySource<long>(numbers)))
            .KeyBy(_ => 0).Window(Ten).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(sink);
        var run = PipelineRun.Start(job, batchCapacity: 1, time: clock);
        run.Finish(1);
        results = sink.Committed;
        return run;
    }

    private static Job Steady(IReadOnlyList<long>[] splits, MemorySink<string> sink)
    {
        var job = new Job("steady");
        job.From(new MemorySource<long>(splits)).WithEventTime(n => n, new EveryThird())
            .KeyBy(_ => 0).Window(Ten).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(sink);
        return job;
    }

    /// <summary>Every third record of a split promises the latest time of those before.</summary>
    private sealed class EveryThird : WatermarkGenerator<long, (string Seen, long Latest)>
    {
        public override (string Seen, long Latest) Create() => ("", long.MinValue);

        public override long? OnRecord(in long record, long time, ref (string Seen, long Latest) state)
        {
            state = (state.Seen + "x", Math.Max(state.Latest, time));
            return state.Seen.Length % 3 == 0 ? state.Latest - 1 : null;
        }
    }

    /// <summary>Promises by the clock alone.</summary>
    private sealed class AfterSilence : WatermarkGenerator<long, long>
    {
        public override TimeSpan? Period => TimeSpan.FromMilliseconds(1);

        public override long? OnRecord(in long record, long time, ref long state)
        {
            state = Math.Max(state, time);
            return null;
        }

        public override long? OnPeriodic(long now, ref long state) => state - 1;
    }
}
