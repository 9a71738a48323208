using Weir.Runtime.Tests.Subtasks;
using Weir.Runtime.Time;

namespace Weir.Runtime.Tests.Time;

/// <summary>Inputs that wait for one another.</summary>
public sealed class AlignmentTests
{
    private static readonly Tumbling Windows = Tumbling.Of(TimeSpan.FromMicroseconds(10));

    [Fact]
    public void E14_the_least_that_was_reported_and_the_drift_are_the_limit()
    {
        var group = new AlignmentGroup();
        Assert.Equal(1042, After(group, 0, 42));
        Assert.Equal(1042, After(group, 1, 44));
        Assert.Equal(1044, After(group, 0, 5000));
        Assert.Equal(1044, After(group, 0, long.MaxValue));
        Assert.Equal(1042, After(group, 0, 42));
        After(group, 0, long.MaxValue);
        Assert.Equal(long.MaxValue, After(group, 1, long.MaxValue));
        Assert.Equal(1042, After(group, 0, 42));
    }

    [Fact]
    public void E14_groups_know_nothing_of_one_another()
    {
        var (first, second) = (new AlignmentGroup(), new AlignmentGroup());
        Assert.Equal(6000, After(first, 0, 5000));
        Assert.Equal(1044, After(second, 0, 44));
        Assert.Equal(6000, first.LimitOf(1000));

        var alignments = new Alignments();
        var ahead = alignments.Join("a", 1000, () => { });
        var behind = alignments.Join("b", 1000, () => { });
        ahead.Report(5000);
        behind.Report(44);
        Assert.True(ahead.MayRead(5000));
        Assert.False(behind.MayRead(1045));
    }

    [Fact]
    public void E14_the_group_is_the_minimum_of_its_members()
    {
        var group = new AlignmentGroup();
        (int Member, long Watermark, long Least)[] reports =
            [(0, 10, 10), (1, 12, 10), (2, 13, 10), (1, 9, 9), (1, long.MaxValue, 10), (1, 8, 8), (1, 20, 10), (0, 23, 13), (2, 22, 20)];
        foreach (var (member, watermark, least) in reports)
        {
            group.Report(member, watermark);
            Assert.Equal(least, group.Least);
        }
    }

    [Fact]
    public void E14_who_was_told_to_wait_is_woken_when_the_others_have_caught_up_and_not_before()
    {
        var woken = 0;
        var alignments = new Alignments();
        var fast = alignments.Join("group", 100, () => woken++);
        var slow = alignments.Join("group", 100, () => { });
        Assert.True(fast.MayRead(long.MinValue));
        Assert.False(fast.MayRead(150));
        slow.Report(49);
        fast.Report(150);
        Assert.Equal(0, woken);
        Assert.False(fast.MayRead(150));

        slow.Report(50);

        Assert.Equal(1, woken);
        Assert.True(fast.MayRead(150));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_source_that_is_faster_keeps_within_the_drift_and_state_stays_small(int parallelism)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            // The slow one gives a batch each tenth time that it is asked.
            var (fast, slow) = (new Watched(), new Watched(patience: 10));
            var sink = new MemorySink<string>();
            var job = Aligned(fast.Source(2, 400), slow.Source(2, 400), sink);
            var run = PipelineRun.Start(job, parallelism, seed, batchCapacity: 4);
            var random = new Random(seed);
            var most = 0L;
            while (!run.IsExhausted)
            {
                run.Steps(1 + random.Next(20));
                if (fast.IsReading && slow.IsReading)
                {
                    most = Math.Max(most, fast.Latest - slow.Latest);
                }
            }

            run.Finish(1);

            // A batch of four is read at the limit, and the watermark is one behind.
            Assert.InRange(most, 0, 50 + 5);
            Assert.Equal(Expected(400, splits: 4), sink.Committed.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Subtasks_that_wait_are_woken_by_threads_of_others(int parallelism)
    {
        var sink = new MemorySink<string>();
        var job = Aligned(new Watched().Source(3, 20_000), new Watched(patience: 3).Source(2, 20_000), sink);
        var options = new JobOptions
        {
            Parallelism = parallelism,
            BatchCapacity = 16,
            CheckpointInterval = TimeSpan.FromMilliseconds(20),
            RestartStrategy = RestartStrategy.None,
        };

        var result = await job.RunAsync(options, TestContext.Current.CancellationToken);

        Assert.Equal(0, result.Late);
        Assert.Equal(Expected(20_000, splits: 5), sink.Committed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Splits_that_wait_are_part_of_checkpoints_and_kills_change_nothing()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var sink = new MemorySink<string>();
            var job = Aligned(new Watched().Source(2, 120), new Watched().Source(3, 120), sink);
            PipelineRun? before = null;
            var checkpoint = 0L;
            for (var attempt = 1; attempt < 5; attempt++)
            {
                var run = PipelineRun.Start(
                    job, 1 + random.Next(3), random.Next(), attempt: attempt, restoreFrom: before, keyGroupCount: 128);
                run.Steps(random.Next(100));
                run.Inject(++checkpoint);
                Assert.True(run.StepUntil(() => run.Newest?.Id.Value == checkpoint), $"seed {seed}");
                run.Steps(random.Next(100));
                before = run;
            }

            PipelineRun.Start(job, 2, seed, attempt: 5, restoreFrom: before, keyGroupCount: 128).Finish(checkpoint + 1);

            Assert.Equal(Expected(120, splits: 5), sink.Committed.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_source_that_has_ended_or_has_nothing_holds_nobody()
    {
        var sink = new MemorySink<string>();
        var job = Aligned(new Watched().Source(1, 300), new MemorySource<long>([], [5]), sink);

        PipelineRun.Start(job, 2).Finish(1);

        Assert.Equal(
            Expected(300, splits: 1).Select(line => line == "0=10" ? "0=11" : line),
            sink.Committed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_split_that_says_nothing_holds_the_others_until_it_is_idle()
    {
        var clock = new SetClock();
        var (sink, silent) = (new MemorySink<long>(), new SilentSource());
        var job = new Job("silent");
        job.From(new MemorySource<long>([.. Enumerable.Range(0, 50).Select(n => (long)n)]))
            .WithEventTime(n => n, Watermarks.Ascending).IdleAfter(TimeSpan.FromSeconds(1)).AlignWith("g", TimeSpan.FromMicroseconds(10))
            .Union(job.From(silent).WithEventTime(n => n, Watermarks.Ascending).IdleAfter(TimeSpan.FromSeconds(1))
                .AlignWith("g", TimeSpan.FromMicroseconds(10)))
            .To(sink);
        var run = PipelineRun.Start(job, 1, time: clock);
        run.StepUntil(() => false);
        Assert.True(run.Subtasks.Sum(subtask => subtask.Counters.RecordsIn) < 20);

        clock.Now = 2 * EventTime.Second;
        run.StepUntil(() => false);

        Assert.Equal(50, run.Subtasks.Sum(subtask => subtask.Counters.RecordsIn));
    }

    [Fact]
    public void A_clock_that_is_not_in_the_subtask_of_a_source_is_refused()
    {
        var job = new Job("far");
        job.From(new MemorySource<long>([1])).Rebalance().WithEventTime(n => n, Watermarks.Ascending)
            .AlignWith("group", TimeSpan.FromSeconds(1)).To(new MemorySink<long>());

        var failure = Assert.Throws<PlanException>(() => PipelineRun.Start(job, 2));

        Assert.Contains("does not run in the subtasks of a source: 'From-1' comes before it", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Job("no").From(new MemorySource<long>([])).AlignWith("g", TimeSpan.Zero));
    }

    private static Job Aligned(Source<long, int> fast, Source<long, int> slow, ISink<string> sink)
    {
        var job = new Job("aligned");
        var drift = TimeSpan.FromMicroseconds(50);
        job.From(fast).WithEventTime(n => n, Watermarks.Ascending).AlignWith("group", drift)
            .Union(job.From(slow).WithEventTime(n => n, Watermarks.Ascending).AlignWith("group", drift))
            .KeyBy(_ => 0).Window(Windows).Aggregate(g => $"{g.Window.StartTime}={g.Count()}").To(sink);
        return job;
    }

    private static IEnumerable<string> Expected(int count, int splits) =>
        Enumerable.Range(0, count / 10).Select(window => $"{window * 10}={10 * splits}").Order(StringComparer.Ordinal);

    private static long After(AlignmentGroup group, int member, long watermark)
    {
        group.Report(member, watermark);
        return group.LimitOf(1000);
    }

    /// <summary>Sees how far the readers of a source have come.</summary>
    private sealed class Watched(int patience = 1)
    {
        private int _open;
        private long _latest;

        public long Latest => Volatile.Read(ref _latest);

        public bool IsReading => Volatile.Read(ref _open) > 0;

        private int Patience => patience;

        public Source<long, int> Source(int splits, int count) => new WatchedSource(this, splits, count);

        private sealed class WatchedSource(Watched watch, int splits, int count) : Source<long, int>
        {
            public override string Description => "numbers";

            public override Codec<int> SplitCodec => Codecs.Of<int>();

            public override SplitOrder Order => SplitOrder.Together;

            public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
                ValueTask.FromResult<IReadOnlyList<int>>([.. Enumerable.Range(0, splits)]);

            public override Offset StartOf(int split) => new(0);

            public override ISplitReader<long> Open(int split, Offset offset, SourceContext context) =>
                new Reader(watch, count, offset.Value, context.Wake);
        }

        private sealed class Reader : ISplitReader<long>
        {
            private readonly Watched _watch;
            private readonly long _count;
            private readonly Action _wake;
            private readonly int _patience;
            private int _asked;
            private long _next;

            public Reader(Watched watch, long count, long next, Action wake)
            {
                (_watch, _count, _next, _wake, _patience) = (watch, count, next, wake, watch.Patience);
                Interlocked.Increment(ref watch._open);
            }

            public Offset Offset => new(_next);

            public ReadStatus Read(Batch<long> batch)
            {
                if (++_asked % _patience != 0)
                {
                    _wake();
                    return ReadStatus.Pending;
                }

                while (_next < _count && !batch.IsFull)
                {
                    batch.Add(_next++);
                }

                Volatile.Write(ref _watch._latest, Math.Max(_watch.Latest, _next - 1));
                return _next == _count ? ReadStatus.End : ReadStatus.Available;
            }

            public void Dispose() => Interlocked.Decrement(ref _watch._open);
        }
    }

    /// <summary>A split that is open and never has a record.</summary>
    private sealed class SilentSource : Source<long, int>
    {
        public override string Description => "silence";

        public override Codec<int> SplitCodec => Codecs.Of<int>();

        public override ValueTask<IReadOnlyList<int>> ListSplitsAsync(SourceContext context, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<int>>([0]);

        public override Offset StartOf(int split) => new(0);

        public override ISplitReader<long> Open(int split, Offset offset, SourceContext context) => new Reader();

        private sealed class Reader : ISplitReader<long>
        {
            public Offset Offset => new(0);

            public ReadStatus Read(Batch<long> batch) => ReadStatus.Pending;

            public void Dispose()
            {
            }
        }
    }
}
