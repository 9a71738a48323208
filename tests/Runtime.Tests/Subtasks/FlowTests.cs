using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Tests.Subtasks;

/// <summary>Operators that make many records of one are stopped when there is no room, and go on where they were.</summary>
public sealed class FlowTests
{
    private readonly Job _job = new("j");
    private readonly MemorySink<int> _sink = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_record_that_becomes_fifty_million_fills_the_channels_and_no_more(int levels)
    {
        var made = new Made();
        var stream = Numbers(1).SelectMany(_ => made.Count(50_000_000));
        for (var level = 1; level < levels; level++)
        {
            stream = stream.Where(_ => true).SelectMany(n => new[] { n, n });
        }

        stream.Rebalance().To(_sink);
        var run = PipelineRun.Start(_job, 2, batchCapacity: 16, channelCapacity: 3);
        StepUntilIdle(run.Subtasks[0]);

        // Of two channels each is full, and one batch has been kept in front of it; that of a collector or two is on its way.
        Assert.InRange(made.Taken, 1, 16 * ((2 * 4) + levels));
    }

    [Fact]
    public void A_step_makes_a_bounded_number_of_records_also_where_nothing_ever_fills_up()
    {
        var made = new Made();
        Numbers(1).SelectMany(_ => made.Count(50_000_000)).Where(_ => false).To(_sink);
        var run = PipelineRun.Start(_job);
        run.Subtasks[0].Step();
        Assert.InRange(made.Taken, 1, Weir.Runtime.Streams.Flow.RecordsAStep);
    }

    [Fact]
    public void A_barrier_waits_until_nothing_is_held_and_a_commit_does_not()
    {
        Numbers(5).SelectMany(n => Enumerable.Range(n * 100_000, 100_000)).To(_sink);
        var run = PipelineRun.Start(_job, batchCapacity: 1);
        var subtask = run.Subtasks[0];
        run.Inject(1);
        run.Steps(1);
        run.Steps(1);
        Assert.Empty(_sink.Committed);
        run.Inject(2);
        run.Complete(1);
        run.Steps(2);
        Assert.True(run.HasCommitted(1));
        Assert.True(run.StepUntil(() => run.Newest?.Id.Value == 2));
        run.Complete(2);
        run.Steps(2);
        Assert.True(run.HasCommitted(2));

        // Whole records: what was made of a record is before the barrier or behind it.
        Assert.NotEmpty(_sink.Committed);
        Assert.Equal(0, _sink.Committed.Count % 100_000);
        run.Finish(3);
        Assert.Equal(Enumerable.Range(0, 500_000), _sink.Committed);
        Assert.Equal(5, subtask.Counters.RecordsIn);
    }

    [Fact]
    public void A_barrier_that_was_given_up_while_it_waited_is_never_cut()
    {
        Numbers(1).SelectMany(n => Enumerable.Range(0, 50_000)).To(_sink);
        var run = PipelineRun.Start(_job);
        run.Steps(1);
        run.Inject(1);
        run.Inject(2);
        run.Steps(1);
        run.Forget(1);
        Assert.True(run.StepUntil(() => run.Newest is not null));
        Assert.Equal([2L], run.Reports.OfType<SubtaskReport.Acknowledged>().Select(report => report.Checkpoint.Value));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 5, 4)]
    [InlineData(4, 16, 5)]
    public void Expansions_windows_and_branches_held_at_once_lose_and_double_nothing_also_across_restarts(
        int parallelism, int batch, int seed)
    {
        var (left, right) = (new MemorySink<int>(), new MemorySink<int>());
        var words = Numbers(60).SelectMany(n => Enumerable.Range(n, n % 7)).Where(n => n % 5 != 0)
            .SelectMany(n => new List<int> { n, -n, n });
        var panes = words.WithEventTime(n => (long)Math.Abs(n), TimeSpan.FromMicroseconds(200)).KeyBy(n => n % 4)
            .Window(Tumbling.Of(TimeSpan.FromMicroseconds(10)))
            .Aggregate(g => (g.Key, Start: (int)g.Window.StartTime, Count: g.Count()));
        var lines = panes.SelectMany(pane => Enumerable.Repeat(pane, pane.Count));
        lines.Select(pane => pane.Start).Rebalance().To(left);
        lines.SelectMany(pane => new[] { pane.Key, pane.Start }).Where(n => n >= 0).KeyBy(n => n)
            .Window(Tumbling.Of(TimeSpan.FromMicroseconds(10)))
            .Aggregate(g => (g.Key * 1000) + g.Count()).To(right);

        PipelineRun? before = null;
        var random = new Random(seed);
        for (var checkpoint = 1L; checkpoint < 9; checkpoint++)
        {
            // A crash now and then: everything since the newest checkpoint is forgotten.
            var run = PipelineRun.Start(_job, parallelism, seed + (int)checkpoint, batch, 1, attempt: checkpoint, restoreFrom: before);
            run.Steps(random.Next(200));
            run.Inject(checkpoint);
            Assert.True(run.StepUntil(() => run.Newest?.Id.Value == checkpoint), $"stalled, seed {seed}");
            before = run;
            run.Steps(random.Next(100));
        }

        PipelineRun.Start(_job, parallelism, seed, batch, 1, attempt: 9, restoreFrom: before).Finish(9);
        var made = Enumerable.Range(0, 60).SelectMany(n => Enumerable.Range(n, n % 7)).Where(n => n % 5 != 0)
            .SelectMany(n => new[] { n, -n, n });
        var expected = made.GroupBy(n => (Key: n % 4, Start: Math.Abs(n) / 10 * 10))
            .Select(group => (group.Key.Key, group.Key.Start, Count: group.Count())).ToList();
        Assert.Equal(expected.SelectMany(pane => Enumerable.Repeat(pane.Start, pane.Count)).Order(), left.Committed.Order());
        Assert.Equal(
            expected.SelectMany(pane => Enumerable.Repeat(pane, pane.Count))
                .SelectMany(pane => new[] { (pane.Key, pane.Start), (Key: pane.Start, pane.Start) })
                .Where(n => n.Key >= 0).GroupBy(n => n).Select(group => (group.Key.Key * 1000) + group.Count()).Order(),
            right.Committed.Order());
    }

    [Fact]
    public async Task What_is_held_when_a_subtask_is_disposed_is_disposed_too()
    {
        var made = new Made();
        Numbers(1).SelectMany(_ => made.Count(100_000)).SelectMany(n => made.Count(100_000)).To(_sink);
        var run = PipelineRun.Start(_job);
        run.Steps(2);
        Assert.Equal((2, 0), (made.Opened, made.Closed));
        await run.Subtasks[0].DisposeAsync();
        Assert.Equal((2, 2), (made.Opened, made.Closed));
    }

    [Fact]
    public async Task A_function_that_throws_in_the_middle_of_its_sequence_is_named_and_its_sequence_disposed()
    {
        var made = new Made { FailsAt = 40_000 };
        Numbers(1).SelectMany(_ => made.Count(100_000)).Where(n => n >= 0).To(_sink);
        var run = PipelineRun.Start(_job);
        var failure = Assert.Throws<OperatorException>(() => run.Steps(10));
        Assert.Equal("SelectMany-1", failure.OperatorId);
        Assert.Equal("Operator 'SelectMany-1' of job 'j' failed in subtask 0, going on where it was stopped: at 40000", failure.Message);
        await run.Subtasks[0].DisposeAsync();
        Assert.Equal(1, made.Closed);
    }

    [Fact]
    public void A_function_that_returns_null_is_told_what_to_return()
    {
        Numbers(1).SelectMany(_ => (IEnumerable<int>)null!).To(_sink);
        var failure = Assert.Throws<OperatorException>(() => PipelineRun.Start(_job).Steps(1));
        Assert.Contains("'SelectMany-1'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("returned null. Return an empty sequence where a record becomes none.", failure.Message, StringComparison.Ordinal);
    }

    private Stream<int> Numbers(int count) => _job.From(new MemorySource<int>([.. Enumerable.Range(0, count)]));

    private static void StepUntilIdle(ISubtask subtask)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (subtask.Step().IsIdle)
            {
                return;
            }
        }

        Assert.Fail("It never came to rest.");
    }

    private sealed class Made
    {
        public int FailsAt { get; init; } = -1;

        public int Taken { get; private set; }

        public int Opened { get; private set; }

        public int Closed { get; private set; }

        public IEnumerable<int> Count(int count)
        {
            Opened++;
            try
            {
                for (var i = 0; i < count; i++)
                {
                    if (i == FailsAt)
                    {
                        throw new InvalidOperationException($"at {i}");
                    }

                    Taken++;
                    yield return i;
                }
            }
            finally
            {
                Closed++;
            }
        }
    }
}
