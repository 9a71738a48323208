using Weir.Runtime.Subtasks;
using Barrier = Weir.Runtime.Streams.Barrier;

namespace Weir.Runtime.Tests.Subtasks;

/// <summary>Pipelines whose barriers overtake what waits, stopped anywhere and begun again, at another parallelism, too.</summary>
public sealed class UnalignedTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void F13_what_was_in_flight_is_taken_in_first_whatever_the_parallelism(int before, int after)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var sink = new MemorySink<int>();
            var first = Cut(Ordered(sink), before, seed, steps: 40 + (seed * 11 % 200));

            var second = PipelineRun.Start(Ordered(sink), after, seed + 1, attempt: 2, restoreFrom: first);
            second.Steps(seed * 7 % 50);
            second.Inject(2, overtakesAt: Barrier.AtOnce);
            Assert.True(second.StepUntil(() => second.Newest?.Id.Value == 2), $"seed {seed}: the next checkpoint stalls");

            var third = PipelineRun.Start(Ordered(sink), before, seed + 2, attempt: 3, restoreFrom: second);
            third.Finish(3);

            // Had a number of a key been lost, doubled or out of order, the next would have thrown.
            Assert.Equal(Enumerable.Range(Numbers - Keys, Keys), sink.Committed.GroupBy(n => n % Keys).Select(rows => rows.Max()).Order());
        }
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 1)]
    public void What_was_in_flight_in_front_of_connected_streams_goes_to_the_owner_of_its_key(int before, int after)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var sink = new MemorySink<int>();
            var first = Cut(Connected(sink), before, seed, steps: 40 + (seed * 11 % 200));

            // A record whose key has its state elsewhere would find none, and throw.
            PipelineRun.Start(Connected(sink), after, seed + 1, attempt: 2, restoreFrom: first).Finish(2);
            Assert.Equal(Enumerable.Range(0, Numbers).SelectMany(n => (int[])[n, n]), sink.Committed.Order());
        }
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 4)]
    [InlineData(4, 1)]
    public void Records_of_a_key_keep_their_order_over_two_hops_by_key(int before, int after)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var sink = new MemorySink<int>();
            var first = Cut(Twice(sink), before, seed, steps: 40 + (seed * 11 % 200));

            PipelineRun.Start(Twice(sink), after, seed + 1, attempt: 2, restoreFrom: first).Finish(2);
            Assert.Equal(Enumerable.Range(Numbers - Keys, Keys), sink.Committed.GroupBy(n => n % Keys).Select(rows => rows.Max()).Order());
        }
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    public void What_was_in_flight_is_taken_in_by_a_job_with_smaller_batches(int before, int after)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var sink = new MemorySink<int>();
            var first = Cut(Mapped(sink), before, seed, steps: 20 + (seed * 11 % 40), batchCapacity: 16);

            PipelineRun.Start(Mapped(sink), after, seed + 1, batchCapacity: 3, attempt: 2, restoreFrom: first).Finish(2);
            Assert.Equal(Enumerable.Range(0, Numbers), sink.Committed.Order());
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    public void What_goes_to_every_subtask_has_come_to_each_once_and_in_one_order_whatever_the_parallelism(int before, int after)
    {
        var inFlight = 0L;
        for (var seed = 0; seed < 25; seed++)
        {
            var sink = new MemorySink<string>();
            var first = Cut(Ruled(sink), before, seed, steps: 30 + (seed * 11 % 120));
            inFlight += first.Reports.OfType<SubtaskReport.Acknowledged>().Sum(report => report.InFlightBytes);

            PipelineRun.Start(Ruled(sink), after, seed + 1, attempt: 2, restoreFrom: first).Finish(2);
            Assert.Equal(
                Enumerable.Range(0, Numbers).Select(n => $"{n} by {AllRules}").Order(StringComparer.Ordinal),
                sink.Committed.Order(StringComparer.Ordinal));
        }

        Assert.True(inFlight > 0, "nothing was ever in flight");
    }

    [Fact]
    public void F22_a_savepoint_and_a_final_barrier_never_overtake()
    {
        var barrier = new Barrier(new CheckpointName(1, new CheckpointId(1)), IsFinal: false) { Kind = CheckpointKind.Savepoint };

        Assert.True(barrier.MustAlign);
        Assert.True((barrier with { Kind = CheckpointKind.Periodic, IsFinal = true }).MustAlign);
        Assert.False((barrier with { Kind = CheckpointKind.Periodic }).MustAlign);
        Assert.False(barrier.MayOvertake);
    }

    [Fact]
    public void With_a_reader_that_stands_still_an_aligned_barrier_waits_and_an_unaligned_one_completes_in_two_rounds()
    {
        foreach (var overtakesAt in new[] { Barrier.Never, Barrier.AtOnce })
        {
            var sink = new MemorySink<int>();
            var run = PipelineRun.Start(OneHop(sink), 2, channelCapacity: 2);
            var readers = run.Subtasks.Where(subtask => !subtask.HasSource).ToList();
            var sources = run.Subtasks.Where(subtask => subtask.HasSource).ToList();
            for (var i = 0; i < 40; i++)
            {
                sources.ForEach(subtask => subtask.Step());
            }

            run.Inject(1, overtakesAt: overtakesAt);
            for (var round = 0; round < 2; round++)
            {
                sources.ForEach(subtask => subtask.Step());
                readers.ForEach(subtask => subtask.Step());
            }

            run.TakeReports();
            Assert.Equal(overtakesAt == Barrier.AtOnce, run.Newest is not null);
            Assert.Equal(
                overtakesAt == Barrier.AtOnce,
                run.Reports.OfType<SubtaskReport.Acknowledged>().Any(report => report.InFlightBytes > 0));
        }
    }

    [Fact]
    public void With_a_sink_a_hundred_times_too_slow_an_unaligned_checkpoint_takes_less_than_a_second_and_an_aligned_one_drains_queues()
    {
        var (aligned, queued) = TimeOfCheckpoint(Barrier.Never);
        var (unaligned, queuedAlike) = TimeOfCheckpoint(Barrier.AtOnce);

        Assert.Equal(queued, queuedAlike);
        Assert.True(queued > TimeSpan.FromSeconds(10), $"to work off what waits takes {queued} only");
        Assert.True(aligned >= queued, $"aligned {aligned}, and what waits takes {queued}");
        Assert.InRange(unaligned, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    // A batch takes the source a millisecond and the slow function a tenth of a second, by a clock that they move.
    private static (TimeSpan Taken, TimeSpan Queued) TimeOfCheckpoint(long overtakesAt)
    {
        const long Slow = EventTime.Second / 40;
        var (clock, sent, taken) = (new SetClock(), 0, 0);
        var job = new Job("j");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, 4_000)], [.. Enumerable.Range(0, 4_000)]))
            .Select(n => Work(n, Slow / 100, ref sent))
            .Rebalance()
            .Select(n => Work(n, Slow, ref taken))
            .To(new MemorySink<int>());
        var run = PipelineRun.Start(job, 2, channelCapacity: 60, time: clock);
        for (var i = 0; i < 200; i++)
        {
            // While a batch is worked off, the source would make a hundred.
            run.Subtasks.Where(subtask => subtask.HasSource).ToList().ForEach(subtask => subtask.Step());
        }

        var (begun, queued) = (clock.Now, (sent - taken) * Slow);
        run.Inject(1, overtakesAt: overtakesAt);
        Assert.True(run.StepUntil(() => run.Newest is not null));
        return (TimeSpan.FromMicroseconds(clock.Now - begun), TimeSpan.FromMicroseconds(queued));

        int Work(int n, long takes, ref int count)
        {
            clock.Now += takes;
            count++;
            return n;
        }
    }

    [Fact]
    public void An_edge_that_is_gone_is_refused_by_name()
    {
        var first = PipelineRun.Start(OneHop(new MemorySink<int>()), 2, channelCapacity: 1);
        for (var i = 0; i < 40; i++)
        {
            first.Subtasks.Where(subtask => subtask.HasSource).ToList().ForEach(subtask => subtask.Step());
        }

        first.Inject(1, overtakesAt: Barrier.AtOnce);
        Assert.True(first.StepUntil(() => first.Newest is not null));

        var job = new Job("j");
        Source(job).To(new MemorySink<int>());
        var failure = Assert.Throws<JobException>(() => PipelineRun.Start(job, 2, attempt: 2, restoreFrom: first));
        Assert.Matches(@"in flight from KeyBy-1 \(of 1\) to Reduce-1 \(of 1\)", failure.Message);
        Assert.Contains(nameof(JobOptions.AllowNonRestoredState), failure.Message, StringComparison.Ordinal);
    }

    // Stopped by a checkpoint whose barriers overtake, after so many steps.
    private static PipelineRun Cut(Job job, int parallelism, int seed, int steps, int batchCapacity = 4)
    {
        var run = PipelineRun.Start(job, parallelism, seed, batchCapacity, channelCapacity: 1 + (seed % 3));
        run.Steps(steps);
        run.Inject(1, overtakesAt: Barrier.AtOnce);
        Assert.True(run.StepUntil(() => run.Newest is not null), $"seed {seed}: the checkpoint stalls");
        return run;
    }

    private static Job Mapped(MemorySink<int> sink)
    {
        var job = new Job("j");
        Source(job).Rebalance().Select(n => n + 1).Select(n => n - 1).To(sink);
        return job;
    }

    private static Job OneHop(MemorySink<int> sink)
    {
        var job = new Job("j");
        Source(job).KeyBy(n => n % Keys).Reduce((_, n) => n).To(sink);
        return job;
    }

    // Between the first exchange by key and the second one, records go from subtask to subtask into the union.
    private static Job Twice(MemorySink<int> sink)
    {
        var job = new Job("j");
        InOrder(Source(job).KeyBy(n => n % Keys)).Union(InOrder(job.From(new MemorySource<int>([])).KeyBy(n => n % Keys)))
            .KeyBy(n => n % Keys)
            .Reduce((last, n) => n == last + Keys ? n : throw new InvalidOperationException($"{n} came behind {last}"))
            .To(sink);
        return job;

        static Stream<int> InOrder(KeyedStream<int, int> keyed) => keyed.Reduce((_, n) => n);
    }

    private static Job Connected(MemorySink<int> sink)
    {
        var job = new Job("j");
        Source(job).KeyBy(n => n % Keys).Connect(Source(job).KeyBy(n => n % Keys)).Process(() => new InTurn()).To(sink);
        return job;
    }

    private sealed class InTurn : KeyedProcess<int, int, int, int>
    {
        private ValueState<int>? _left = new();
        private ValueState<int>? _right = new();

        public override void OnLeft(int record, ProcessContext<int, int> context) => Take(record, _left!, context);

        public override void OnRight(int record, ProcessContext<int, int> context) => Take(record, _right!, context);

        protected override void Wire(StateBinder binder)
        {
            binder.Bind(nameof(_left), ref _left);
            binder.Bind(nameof(_right), ref _right);
        }

        // The state is the next number of the key, less the key itself.
        private static void Take(int record, ValueState<int> next, ProcessContext<int, int> context)
        {
            if (record != next.Value + context.Key)
            {
                throw new InvalidOperationException($"{record} came instead of {next.Value + context.Key}");
            }

            next.Value += Keys;
            context.Emit(record);
        }
    }

    private const int Rules = 100;
    private static readonly string AllRules = string.Join(',', Enumerable.Range(0, Rules));

    // The timers are due when both streams have ended: each number is told by all rules, in the order in which they came.
    private static Job Ruled(MemorySink<string> sink)
    {
        var job = new Job("j");
        var rules = job.From(new MemorySource<int>([.. Enumerable.Range(0, Rules)])).WithEventTime(_ => 0L, TimeSpan.Zero).Broadcast();
        Source(job).WithEventTime(_ => 0L, TimeSpan.Zero).KeyBy(n => n).Connect(rules).Process(() => new ByRules()).To(sink);
        return job;
    }

    private sealed class ByRules : BroadcastProcess<int, int, int, string>
    {
        private BroadcastState<int, string>? _rules = new();

        public override void OnBroadcast(int rule, BroadcastContext context)
        {
            var rules = context.Writing(_rules!);
            rules[0] = _rules!.ContainsKey(0) ? $"{_rules[0]},{rule}" : $"{rule}";
        }

        public override void OnRecord(int record, ProcessContext<int, string> context) => context.RegisterEventTimer(1);

        public override void OnTimer(KeyedTimer timer, ProcessContext<int, string> context) =>
            context.Emit($"{context.Key} by {_rules![0]}");

        protected override void Wire(StateBinder binder) => binder.Bind(nameof(_rules), ref _rules);
    }

    private const int Numbers = 240;
    private const int Keys = 8;

    private static Stream<int> Source(Job job) => job.From(new MemorySource<int>(
        [.. Enumerable.Range(0, Numbers).Where(n => n % Keys < 3)],
        [.. Enumerable.Range(0, Numbers).Where(n => n % Keys is >= 3 and < 6)],
        [.. Enumerable.Range(0, Numbers).Where(n => n % Keys >= 6)]));

    // Each key is of one split only, so that its numbers come in order. The union makes it two hops, the first from subtask to subtask.
    private static Job Ordered(MemorySink<int> sink)
    {
        var job = new Job("j");
        Source(job).Union(job.From(new MemorySource<int>([])))
            .KeyBy(n => n % Keys)
            .Reduce((last, n) => n == last + Keys ? n : throw new InvalidOperationException($"{n} came behind {last}"))
            .To(sink);
        return job;
    }
}
