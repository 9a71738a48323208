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
            var first = PipelineRun.Start(Ordered(sink), before, seed, channelCapacity: 1 + (seed % 3));
            first.Steps(40 + (seed * 11 % 200));
            first.Inject(1, overtakesAt: Barrier.AtOnce);
            Assert.True(first.StepUntil(() => first.Newest is not null), $"seed {seed}: the checkpoint stalls");

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
            var run = PipelineRun.Start(Ordered(sink), 2, channelCapacity: 2);
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
        var first = PipelineRun.Start(Ordered(new MemorySink<int>()), 2, channelCapacity: 1);
        first.Steps(60);
        first.Inject(1, overtakesAt: Barrier.AtOnce);
        Assert.True(first.StepUntil(() => first.Newest is not null));

        var job = new Job("j");
        Source(job).To(new MemorySink<int>());
        var failure = Assert.Throws<JobException>(() => PipelineRun.Start(job, 2, attempt: 2, restoreFrom: first));
        Assert.Matches(@"in flight from (From-\d \(of 2\) to Union-1|KeyBy-1 \(of 1\) to Reduce-1) \(of 1\)", failure.Message);
        Assert.Contains(nameof(JobOptions.AllowNonRestoredState), failure.Message, StringComparison.Ordinal);
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
