using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Late records as an output of their own: none is lost, none comes twice, and each is what it was.</summary>
public sealed class LateRecordsTests
{
    private static readonly Tumbling Ten = Tumbling.Of(TimeSpan.FromMicroseconds(10));
    private static readonly Tumbling Hundred = Tumbling.Of(TimeSpan.FromMicroseconds(100));

    [Fact]
    public void R4_a_record_behind_its_window_goes_to_the_late_stream_and_is_not_counted_as_dropped()
    {
        var (results, late) = (new MemorySink<string>(), new MemorySink<(string, long)>());
        var job = new Job("late");
        Timed(job, ("a", 5), ("a", 12), ("a", 9), ("a", 13)).LateTo(out var behind).Aggregate(g => $"{g.Key}={g.Count()}").To(results);
        behind.To(late);

        var run = PipelineRun.Start(job, batchCapacity: 1);
        run.Finish(1);

        Assert.Equal(["a=1", "a=2"], results.Committed);
        Assert.Equal([("a", 9L)], late.Committed);
        Assert.All(run.Subtasks, subtask => Assert.Equal(0, subtask.Counters.Late));
    }

    [Fact]
    public void D8_a_late_record_keeps_its_event_time_and_the_watermark_goes_with_it()
    {
        // Late for windows of 10, it is in time for windows of 100; those fire by the watermark of the main stream.
        var late = new MemorySink<string>();
        var job = new Job("late");
        Timed(job, ("a", 5), ("a", 25), ("a", 7), ("a", 130), ("a", 8))
            .LateTo(out var behind)
            .Aggregate(g => g.Key)
            .To(new MemorySink<string>());
        behind.KeyBy(r => r.Key).Window(Hundred).LateTo(out var later)
            .Aggregate(g => $"{g.Window.StartTime}: {string.Join(' ', g.Select(r => r.Time))}").To(late);
        later.Select(r => $"too late even then: {r.Time}").To(late);

        PipelineRun.Start(job, batchCapacity: 1).Finish(1);

        Assert.Equal(["0: 7", "too late even then: 8"], late.Committed);
    }

    [Fact]
    public void The_late_stream_may_have_event_times_of_its_own()
    {
        var late = new MemorySink<string>();
        var job = new Job("late");
        Timed(job, ("a", 5), ("a", 25), ("a", 7), ("b", 130), ("a", 8), ("a", 26)).LateTo(out var behind).Aggregate(g => g.Key)
            .To(new MemorySink<string>());
        behind
            .Where(r => r.Time != 26)
            .WithEventTime(r => r.Time, TimeSpan.FromMicroseconds(1000))
            .KeyBy(r => r.Key)
            .Window(Ten)
            .Aggregate(g => $"{g.Key} {g.Window.StartTime}: {g.Count()}")
            .To(late);

        PipelineRun.Start(job, batchCapacity: 1).Finish(1);

        Assert.Equal(["a 0: 2"], late.Committed);
    }

    [Fact]
    public void A_late_stream_may_be_used_before_its_windows_are_aggregated()
    {
        var (results, late) = (new MemorySink<string>(), new MemorySink<(string, long)>());
        var job = new Job("late");
        var windowed = Timed(job, ("a", 5), ("a", 12), ("a", 9)).LateTo(out var behind);
        behind.Where(r => r.Time > 0).To(late);
        windowed.Aggregate(g => $"{g.Key}={g.Count()}").To(results);

        PipelineRun.Start(job, batchCapacity: 1).Finish(1);

        Assert.Equal(["a=1", "a=1"], results.Committed);
        Assert.Equal([("a", 9L)], late.Committed);
        Assert.Equal(Enumerable.Range(0, job.Graph.Stages.Count), job.Graph.Stages.Select(stage => stage.Index));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void Results_and_late_records_together_hold_every_record_once_however_often_the_job_is_killed(
        int parallelism, int lateParallelism)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var splits = Enumerable.Range(0, 3).Select(split => Disordered(random, split)).ToArray();
            var (results, late) = (new MemorySink<string>(), new MemorySink<string>());
            var job = new Job("late");
            job.From(new MemorySource<(string Key, long Time)>(splits))
                .WithEventTime(r => r.Time, TimeSpan.Zero)
                .KeyBy(r => r.Key)
                .Window(Tumbling.Of(TimeSpan.FromMilliseconds(10)))
                .LateTo(out var behind)
                .Aggregate(g => string.Join(' ', g.Select(r => r.Time)))
                .To(results);
            behind.Rebalance().Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Time}")).WithParallelism(lateParallelism)
                .To(late);

            PipelineRun? before = null;
            for (var attempt = 1; attempt < 5; attempt++)
            {
                var run = PipelineRun.Start(job, parallelism, random.Next(), attempt: attempt, restoreFrom: before, keyGroupCount: 128);
                run.Steps(random.Next(40));
                run.Inject(attempt);
                run.StepUntil(() => run.Newest?.Id.Value == attempt);
                run.Steps(random.Next(40));
                before = run;
            }

            PipelineRun.Start(job, parallelism, seed, attempt: 5, restoreFrom: before, keyGroupCount: 128).Finish(5);

            var delivered = results.Committed.Concat(late.Committed).SelectMany(times => times.Split(' '))
                .Select(time => long.Parse(time, CultureInfo.InvariantCulture));
            Assert.True(
                splits.SelectMany(split => split).Select(r => r.Time).Order().SequenceEqual(delivered.Order()),
                $"seed {seed}: records were lost or came twice");
            Assert.NotEmpty(late.Committed);
        }
    }

    // No two records have the same time: it tells which is which.
    private static List<(string Key, long Time)> Disordered(Random random, int split) =>
        [.. Enumerable.Range(0, 30).Select(i => ($"k{random.Next(4)}", (((i * 4L) - random.Next(60)) * 1000) + (split * 100) + i))];

    [Fact]
    public async Task H54_a_million_late_records_are_counted_exactly_and_told_seldom()
    {
        const int Late = 1_000_000;
        var job = new Job("late");
        Timed(job, [("a", 1_000_000), .. Enumerable.Range(0, Late).Select(i => ("a", (long)i % 1000))]).Aggregate(g => g.Count())
            .To(new MemorySink<int>());
        var warnings = new ConcurrentQueue<string>();
        var watch = Stopwatch.StartNew();

        var result = await job.RunAsync(
            new JobOptions
            {
                OnEvent = e =>
                {
                    if (e is JobEvent.Warning warning)
                    {
                        warnings.Enqueue(warning.Message);
                    }
                },
            },
            TestContext.Current.CancellationToken);

        // The watermark follows the batch that moves it: what came in that batch is in time.
        Assert.InRange(result.Late, Late - new JobOptions().BatchCapacity, Late);
        Assert.InRange(warnings.Count, 1, 2 + (int)(watch.Elapsed.TotalSeconds / 10));
        Assert.All(warnings, warning => Assert.StartsWith("Operator 'Aggregate-1' dropped ", warning, StringComparison.Ordinal));
        Assert.InRange(warnings.Sum(warning => long.Parse(warning.Split(' ')[3], CultureInfo.InvariantCulture)), 1, result.Late);
    }

    private static WindowedStream<(string Key, long Time), string> Timed(Job job, params (string Key, long Time)[] records) => job
        .From(new MemorySource<(string Key, long Time)>(records))
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .KeyBy(r => r.Key)
        .Window(Ten);
}
