namespace Weir.Runtime.Tests.Subtasks;

/// <summary>
/// Event times that are assigned behind an exchange: the watermark is still that of splits, whatever travels on one channel.
/// </summary>
public sealed class LanesBehindExchangeTests
{
    private static readonly Tumbling Windows = Tumbling.Of(TimeSpan.FromMicroseconds(10));

    // A subtask reads the later one first, or both sides of a union at once: on its channels they are in no order of time.
    private static readonly IReadOnlyList<(string Key, long Time)>[] Splits =
    [
        [.. Enumerable.Range(0, 60).Select(i => ("a", 1000L + i))],
        [.. Enumerable.Range(0, 40).Select(i => ("b", (long)i))],
        [.. Enumerable.Range(0, 50).Select(i => ("c", 500L + i))],
        [.. Enumerable.Range(0, 30).Select(i => ("a", 20L + i))],
        [.. Enumerable.Range(0, 30).Select(i => ("c", 2000L + i))],
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_record_is_late_because_of_another_split_on_the_same_channel(int parallelism)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            foreach (var isUnion in new[] { false, true })
            {
                var sink = new MemorySink<string>();
                var run = PipelineRun.Start(Define(sink, isUnion), parallelism, seed, batchCapacity: 1 + (seed % 5));
                run.Finish(1);
                Assert.Equal(0, run.Subtasks.Sum(subtask => subtask.Counters.Late));
                Assert.Equal(Expected(), sink.Committed.Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public void No_record_is_late_after_restores_with_whatever_parallelism()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var sink = new MemorySink<string>();
            var job = Define(sink, isUnion: seed % 2 == 0);
            PipelineRun? before = null;
            for (var attempt = 1; attempt < 5; attempt++)
            {
                var run = PipelineRun.Start(
                    job, 1 + random.Next(3), seed, batchCapacity: 2, attempt: attempt, restoreFrom: before, keyGroupCount: 128);
                run.Steps(random.Next(150));
                run.Inject(attempt);
                Assert.True(run.StepUntil(() => run.Newest?.Id.Value == attempt));
                run.Steps(random.Next(60));
                Assert.Equal(0, run.Subtasks.Sum(subtask => subtask.Counters.Late));
                before = run;
            }

            PipelineRun.Start(job, 2, seed, attempt: 5, restoreFrom: before, keyGroupCount: 128).Finish(5);
            Assert.Equal(Expected(), sink.Committed.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_last_records_of_a_split_are_not_late_while_an_operator_holds_them()
    {
        // The first split ends while what was made of its last record is still held: until that is out, its lane must not end.
        var sink = new MemorySink<string>();
        var job = new Job("held");
        job.From(new MemorySource<(string Key, long Time)>([("a", 5)], [("b", 900), ("b", 901)]))
            .SelectMany(r => Enumerable.Repeat(r, r.Time == 5 ? 40_000 : 1))
            .WithEventTime(r => r.Time, TimeSpan.Zero).IdleAfter(TimeSpan.FromMicroseconds(1))
            .KeyBy(r => r.Key).Window(Windows).Aggregate(g => $"{g.Key}@{g.Window.StartTime}={g.Count()}").To(sink);
        var run = PipelineRun.Start(job);
        run.Finish(1);
        Assert.Equal(["a@0=40000", "b@900=2"], sink.Committed.Order(StringComparer.Ordinal));
    }

    private static Job Define(MemorySink<string> sink, bool isUnion)
    {
        var job = new Job("lanes");
        var all = isUnion
            ? job.From(new MemorySource<(string Key, long Time)>(Splits[..2]))
                .Union(job.From(new MemorySource<(string Key, long Time)>(Splits[2..])))
            : job.From(new MemorySource<(string Key, long Time)>(Splits));
        all.Rebalance().WithEventTime(r => r.Time, TimeSpan.Zero)
            .KeyBy(r => r.Key).Window(Windows).Aggregate(g => $"{g.Key}@{g.Window.StartTime}={g.Count()}").To(sink);
        return job;
    }

    private static IEnumerable<string> Expected() => Splits.SelectMany(split => split)
        .GroupBy(r => (r.Key, Start: r.Time / 10 * 10))
        .Select(group => $"{group.Key.Key}@{group.Key.Start}={group.Count()}").Order(StringComparer.Ordinal);
}
