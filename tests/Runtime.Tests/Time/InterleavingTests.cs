using FsCheck;
using FsCheck.Fluent;
using Weir.Runtime.Tests.Running;
using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Time;

/// <summary>What must not matter: who is read first, how inputs are cut, what somebody does to the wall clock.</summary>
public sealed class InterleavingTests
{
    private static readonly Tumbling Ten = Tumbling.Of(TimeSpan.FromMicroseconds(10));

    [Fact]
    public void Any_interleaving_of_sources_and_splits_gives_the_same_results_where_nothing_is_late() =>
        Prop.ForAll<int[][], int[][], int>((left, right, seed) =>
        {
            var random = new Random(seed);
            const int Disorder = 7;
            var (first, second) = (Splits(left, Disorder), Splits(right, Disorder));
            var expected = first.Concat(second).SelectMany(split => split).GroupBy(time => Ten.Of(time).StartTime)
                .Select(window => $"{window.Key}={window.Count()}").Order(StringComparer.Ordinal);
            foreach (var isAligned in new[] { false, true })
            {
                var sink = new MemorySink<string>();
                var job = new Job("interleaved");
                Timed(job, first, Disorder, isAligned).Union(Timed(job, second, Disorder, isAligned))
                    .KeyBy(_ => 0).Window(Ten).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(sink);
                var (parallelism, capacity) = (1 + random.Next(4), 1 + random.Next(5));

                var run = PipelineRun.Start(job, parallelism, random.Next(), capacity);
                run.Finish(1);

                Assert.True(
                    expected.SequenceEqual(sink.Committed.Order(StringComparer.Ordinal))
                        && run.Subtasks.Sum(subtask => subtask.Counters.Late) == 0,
                    $"seed {seed}, parallelism {parallelism}, batches of {capacity}, aligned: {isAligned}");
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    public void H25_a_wall_clock_that_is_set_changes_no_watermark_and_no_silence(int hours)
    {
        Assert.Equal(Watched(0), Watched(hours));

        static List<string> Watched(int hours)
        {
            var time = new SetClock();
            var clock = new JumpingClock(time);
            var sink = new MemorySink<string>();
            var job = new Job("clocks");
            job.From(new MemorySource<long>([.. Enumerable.Range(0, 60).Select(n => (long)n)], [3, 4]) { Pauses = n => n % 7 == 0 })
                .WithEventTime(n => n, Watermarks.Ascending.Every(TimeSpan.FromMicroseconds(20)))
                .IdleAfter(TimeSpan.FromMicroseconds(100))
                .KeyBy(_ => 0).Window(Ten).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(sink);
            var run = PipelineRun.Start(job, 1, seed: 5, batchCapacity: 3, time: clock);
            var seen = new List<string>();
            for (var step = 0; step < 80; step++)
            {
                time.Now += 15;
                clock.Error = step is > 20 and < 50 ? TimeSpan.FromHours(hours) : TimeSpan.Zero;
                run.Subtasks[0].Step();
                seen.Add($"{run.Subtasks[0].Counters.RecordsIn} {run.Subtasks[0].Counters.Late}");
            }

            run.TakeReports();
            run.Finish(1);
            return [.. seen, .. sink.Committed];
        }
    }

    private static Stream<long> Timed(Job job, IReadOnlyList<long>[] splits, int disorder, bool isAligned)
    {
        var timed = job.From(new MemorySource<long>(splits) { Pauses = n => n % 5 == 4 })
            .WithEventTime(time => time, Watermarks.BoundedDisorder(TimeSpan.FromMicroseconds(disorder)));
        return isAligned ? timed.AlignWith("group", TimeSpan.FromMicroseconds(15)) : timed;
    }

    // Each split goes up, but for the disorder.
    private static IReadOnlyList<long>[] Splits(int[][]? shapes, int disorder) =>
        [.. (shapes ?? []).Take(4).Select(shape => (IReadOnlyList<long>)
            [.. (shape ?? []).Select((n, i) => (i * 3L) - (Math.Abs((long)n) % (disorder + 1)))])];
}
