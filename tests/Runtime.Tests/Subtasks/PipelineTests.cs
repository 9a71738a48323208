using FsCheck;
using FsCheck.Fluent;

namespace Weir.Runtime.Tests.Subtasks;

/// <summary>Whole pipelines of hand-made records, against LINQ over the same lists.</summary>
public sealed class PipelineTests
{
    private static readonly Tumbling Windows = Tumbling.Of(TimeSpan.FromMicroseconds(10));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_stateless_pipeline_delivers_every_record_once(int parallelism)
    {
        var sink = new MemorySink<int>();
        var job = new Job("stateless");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, 50)], [.. Enumerable.Range(50, 7)])).Where(n => n % 2 == 0)
            .SelectMany(n => new[] { n, -n }).To(sink);

        PipelineRun.Start(job, parallelism).Finish(1);

        Assert.Equal(
            Enumerable.Range(0, 57).Where(n => n % 2 == 0).SelectMany(n => new[] { n, -n }).Order(),
            sink.Committed.Order());
    }

    [Fact]
    public void Windows_are_what_LINQ_makes_of_the_same_records_whatever_the_parallelism_and_the_order_of_steps() =>
        Prop.ForAll<int[], int[], int>((first, second, seed) =>
        {
            // No disorder is promised, so no record may be late: each split is in order, and the watermark waits for the slowest.
            List<(string, long)>[] splits = [Records(first), Records(second)];
            foreach (var parallelism in new[] { 1, 3 })
            {
                var sink = new MemorySink<string>();
                PipelineRun.Start(Windowed(splits, sink), parallelism, seed).Finish(1);
                Assert.Equal(Expected(splits), sink.Committed.Order(StringComparer.Ordinal));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_run_that_is_killed_and_restored_again_and_again_commits_what_an_undisturbed_one_does() =>
        Prop.ForAll<int[], int[], int>((first, second, seed) =>
        {
            List<(string, long)>[] splits = [Records(first), Records(second), Records([.. first.Concat(second)])];
            var random = new Random(seed);
            var sink = new MemorySink<string>();
            var job = Windowed(splits, sink);
            PipelineRun? before = null;
            var checkpoint = 0L;
            for (var attempt = 1; attempt < 6; attempt++)
            {
                // Another parallelism each time; the checkpoint is complete, but nobody was told.
                var run = PipelineRun.Start(
                    job, 1 + random.Next(3), random.Next(), attempt: attempt, restoreFrom: before, keyGroupCount: 128);
                run.Steps(random.Next(40));
                run.Inject(++checkpoint);
                run.StepUntil(() => run.Newest?.Id.Value == checkpoint);
                if (random.Next(2) == 0)
                {
                    run.Complete(checkpoint);
                }

                run.Steps(random.Next(40));
                before = run;
            }

            PipelineRun.Start(job, 2, seed, attempt: 6, restoreFrom: before, keyGroupCount: 128).Finish(checkpoint + 1);
            Assert.Equal(Expected(splits), sink.Committed.Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_record_is_late_after_a_rescale_because_its_channel_carried_later_ones_before()
    {
        // Event times are assigned behind an exchange. With two subtasks the second reads what is far ahead; of three, what is not.
        List<(string, long)>[] splits =
        [
            [.. Enumerable.Range(0, 12).Select(i => ("a", (long)i))],
            [.. Enumerable.Range(0, 40).Select(i => ("b", 1000L + i))],
            [.. Enumerable.Range(0, 60).Select(i => ("c", 20L + i))],
        ];
        for (var seed = 0; seed < 20; seed++)
        {
            var sink = new MemorySink<string>();
            var job = new Job("rescaled");
            job.From(new MemorySource<(string Key, long Time)>(splits)).Rebalance().WithEventTime(r => r.Time, TimeSpan.Zero)
                .KeyBy(r => r.Key).Window(Windows).Aggregate(g => $"{g.Key}@{g.Window.StartTime}={g.Count()}").To(sink);
            var before = PipelineRun.Start(job, 2, seed, batchCapacity: 1, keyGroupCount: 128);
            before.Steps(120);
            before.Inject(1);
            Assert.True(before.StepUntil(() => before.Newest?.Id.Value == 1));

            var after = PipelineRun.Start(job, 3, seed, batchCapacity: 1, attempt: 2, restoreFrom: before, keyGroupCount: 128);
            after.Finish(2);

            Assert.Equal(0, after.Subtasks.Sum(subtask => subtask.Counters.Late));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_branch_gives_every_record_to_both_and_a_union_joins_them(int parallelism)
    {
        var sink = new MemorySink<int>();
        var aside = new MemorySink<int>();
        var job = new Job("branch");
        var numbers = job.From(new MemorySource<int>([.. Enumerable.Range(0, 20)], [.. Enumerable.Range(20, 20)]));
        var odd = numbers.Where(n => n % 2 == 1);
        numbers.Where(n => n % 2 == 0).Union(odd, odd).To(sink);
        numbers.Select(n => n * 100).To(aside);

        PipelineRun.Start(job, parallelism).Finish(1);

        Assert.Equal(Enumerable.Range(0, 40).SelectMany(n => Enumerable.Repeat(n, n % 2 == 1 ? 2 : 1)), sink.Committed.Order());
        Assert.Equal(Enumerable.Range(0, 40).Select(n => n * 100), aside.Committed.Order());
    }

    [Fact]
    public void Event_times_assigned_anew_behind_a_window_do_not_wait_for_splits_that_ended_before_it()
    {
        var sink = new MemorySink<string>();
        var job = new Job("twice");
        IReadOnlyList<(string Key, long Time)> records = [.. Enumerable.Range(0, 1000).Select(i => ("a", (long)i))];
        job.From(new MemorySource<(string Key, long Time)>(records, records)).WithEventTime(r => r.Time, TimeSpan.Zero)
            .KeyBy(r => r.Key).Window(Windows).Aggregate(g => (g.Key, Time: g.Window.StartTime)).WithEventTime(r => r.Time, TimeSpan.Zero)
            .KeyBy(r => r.Key).Window(Tumbling.Of(TimeSpan.FromMicroseconds(100))).Aggregate(g => $"{g.Window.StartTime}={g.Count()}")
                .To(sink);
        var run = PipelineRun.Start(job);
        Assert.True(run.StepUntil(() => run.Subtasks[0].Counters.RecordsIn >= 1990));

        Assert.Equal(9, run.Subtasks[0].Counters.RecordsOut);
        run.Finish(1);
        Assert.Equal(10, sink.Committed.Count);
    }

    [Fact]
    public void A_rebalance_spreads_what_one_subtask_reads_over_all()
    {
        var sink = new MemorySink<int>();
        var job = new Job("rebalance");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, 60)])).Rebalance().Select(n => n + 1).To(sink);

        var run = PipelineRun.Start(job, 3);
        run.Finish(1);

        Assert.Equal(Enumerable.Range(1, 60), sink.Committed.Order());
        Assert.All(run.Subtasks.Where(subtask => !subtask.HasSource), subtask => Assert.Equal(20, subtask.Counters.RecordsOut));
    }

    [Fact]
    public void A_slow_receiver_fills_the_channel_and_stops_the_source()
    {
        var job = new Job("backpressure");
        var sink = new MemorySink<int>();
        job.From(new MemorySource<int>([.. Enumerable.Range(0, 1000)])).WithParallelism(1).Rebalance().WithParallelism(2).To(sink)
            .WithParallelism(2);
        var run = PipelineRun.Start(job, batchCapacity: 10, channelCapacity: 2);
        var source = run.Subtasks.Single(subtask => subtask.HasSource);

        for (var i = 0; i < 100; i++)
        {
            source.Step();
        }

        // Two channels of two batches, and the one that found no room.
        Assert.Equal(50, source.Counters.RecordsIn);
        run.Finish(1);
        Assert.Equal(1000, sink.Committed.Count);
    }

    [Fact]
    public void Readers_that_have_nothing_for_now_let_others_go_first()
    {
        var sink = new MemorySink<int>();
        var job = new Job("pauses");
        job.From(new MemorySource<int>([1, 2, 3], [4, 5, 6]) { Pauses = n => n == 1 }).To(sink);

        PipelineRun.Start(job).Finish(1);

        Assert.Equal([1, 4, 2, 3, 5, 6], sink.Committed);
    }

    private static Job Windowed(List<(string Key, long Time)>[] splits, MemorySink<string> sink)
    {
        var job = new Job("windowed");
        job.From(new MemorySource<(string Key, long Time)>(splits))
            .WithEventTime(record => record.Time, TimeSpan.Zero)
            .KeyBy(record => record.Key)
            .Window(Windows)
            .Aggregate(g => $"{g.Key}@{g.Window.StartTime}={g.LongCount()},{g.Sum(record => record.Time)}")
            .To(sink);
        return job;
    }

    private static List<(string, long)> Records(int[] numbers) =>
        [.. numbers.Select(n => ($"k{Math.Abs(n % 5)}", (long)n)).OrderBy(record => record.Item2)];

    private static IOrderedEnumerable<string> Expected(List<(string Key, long Time)>[] splits) => splits
        .SelectMany(split => split)
        .GroupBy(record => (record.Key, Windows.Of(record.Time).StartTime))
        .Select(group => $"{group.Key.Key}@{group.Key.StartTime}={group.Count()},{group.Sum(record => record.Time)}")
        .Order(StringComparer.Ordinal);
}
