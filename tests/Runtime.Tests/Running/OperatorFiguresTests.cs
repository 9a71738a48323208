using Weir.Runtime.Running;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Running;

/// <summary>What operators count, over their subtasks and over the attempts of a run.</summary>
public sealed class OperatorFiguresTests
{
    private readonly MemorySink<string> _sink = new();
    private readonly OperatorTotals _totals = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Records_are_counted_into_and_out_of_each_operator(int parallelism)
    {
        var run = PipelineRun.Start(Windowed(), parallelism, batchCapacity: 7);
        run.Finish(1);
        var figures = _totals.With(run.Subtasks);

        // 30 of 90 are left out, and 60 sent by key; of 6 keys there are windows of 10 for every tenth.
        Assert.Equal(
            [
                "From-1: - 90", "Where-1: 90 60", "WithEventTime-1: 60 60", "KeyBy-1: 60 60", $"Aggregate-1: 60 {_sink.Committed.Count}",
                $"To-1: {_sink.Committed.Count} -",
            ],
            new[] { "From-1", "Where-1", "WithEventTime-1", "KeyBy-1", "Aggregate-1", "To-1" }
                .Select(id => $"{id}: {figures[id].RecordsIn?.ToString() ?? "-"} {figures[id].RecordsOut?.ToString() ?? "-"}"));
    }

    [Fact]
    public void A_branch_counts_what_is_handed_on_once_and_each_user_of_it_what_it_gets()
    {
        var job = new Job("branch");
        var numbers = job.From(new MemorySource<int>([.. Enumerable.Range(0, 20)]));
        numbers.Where(n => n % 2 == 0).Select(n => $"even {n}").To(_sink);
        numbers.Select(n => $"all {n}").To(_sink);
        var run = PipelineRun.Start(job, batchCapacity: 8);
        run.Finish(1);
        var figures = _totals.With(run.Subtasks);
        Assert.Equal(
            (20, 20, 10, 20),
            (figures["From-1"].RecordsOut, figures["Where-1"].RecordsIn, figures["Where-1"].RecordsOut, figures["Select-2"].RecordsIn));
    }

    [Fact]
    public void Keyed_state_is_measured_while_it_is_there_and_late_records_and_watermarks_by_operator()
    {
        // Keys are hundreds, times what is left.
        var job = new Job("late");
        job.From(new MemorySource<int>([105, 206, 107, 325, 103, 204, 427, 528]))
            .WithEventTime(n => n % 100, TimeSpan.Zero)
            .KeyBy(n => n / 100)
            .Window(Tumbling.Of(TimeSpan.FromMicroseconds(10)))
            .Aggregate(g => $"{g.Key}@{g.Window.StartTime}={g.Count()}")
            .To(_sink);
        var run = PipelineRun.Start(job, batchCapacity: 1);
        Until(run, () => _totals.With(run.Subtasks)["Aggregate-1"].RecordsIn == 8);
        var figures = _totals.With(run.Subtasks)["Aggregate-1"];

        // The window of 0 has fired; that of 20 has three keys.
        Assert.Equal(3, figures.State?.Keys);
        Assert.InRange(figures.State?.Bytes ?? 0, 3 * sizeof(int), 1 << 20);
        Assert.Equal(2, figures.Late);
        Assert.InRange(figures.Watermark ?? 0, 20, 28);
        run.Finish(1);
        Assert.Equal(0, _totals.With(run.Subtasks)["Aggregate-1"].State?.Keys);
    }

    [Fact]
    public void Counts_stay_when_an_attempt_ends_and_what_is_now_goes()
    {
        var first = PipelineRun.Start(Windowed(), batchCapacity: 7);
        first.Finish(1);
        _totals.Add(first.Subtasks);
        var between = _totals.With([]);
        Assert.Equal((90, null, null), (between["From-1"].RecordsOut, between["Aggregate-1"].State, between["To-1"].OldestTransaction));
        Assert.Null(between["Aggregate-1"].Watermark);

        var second = PipelineRun.Start(Windowed(), batchCapacity: 7);
        second.Finish(1);
        var both = _totals.With(second.Subtasks);
        Assert.Equal((180, 180), (both["From-1"].RecordsOut, both["Where-1"].RecordsIn));
        Assert.Equal(new TransactionOutcomes(2, 0, 0), both["To-1"].Outcomes);
    }

    private Job Windowed()
    {
        var job = new Job("windowed");
        job.From(new MemorySource<int>([.. Enumerable.Range(0, 90)]))
            .Where(n => n % 3 != 0)
            .WithEventTime(n => n, TimeSpan.FromSeconds(1))
            .KeyBy(n => n % 6)
            .Window(Tumbling.Of(TimeSpan.FromMicroseconds(10)))
            .Aggregate(g => $"{g.Key}@{g.Window.StartTime}={g.Count()}")
            .To(_sink);
        return job;
    }

    private static void Until(PipelineRun run, Func<bool> condition)
    {
        for (var steps = 0; !condition(); steps++)
        {
            Assert.True(steps < 10_000, "nothing comes of it");
            run.Steps(1);
        }
    }
}
