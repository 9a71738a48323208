using Weir.Runtime.Tests.Subtasks;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>A fire stops where there is no room and goes on there.</summary>
public sealed class FireTests
{
    private readonly Job _job = new("fire");
    private readonly MemorySink<string> _sink = new();
    private int _made;

    [Theory, InlineData(20_000), InlineData(1_000_000)]
    public void A_fire_of_many_panes_fills_the_channels_and_no_more(int keys)
    {
        Windowed(keys).Rebalance().To(_sink);
        var run = PipelineRun.Start(_job, 2, batchCapacity: 16, channelCapacity: 3);
        var window = run.Subtasks.First(
            subtask => subtask.Operators.Any(stateful => stateful.Id.StartsWith("Aggregate", StringComparison.Ordinal)));
        for (var i = 0; i < 10_000_000 && _made == 0; i++)
        {
            foreach (var subtask in run.Subtasks.TakeWhile(subtask => subtask.Id.Chain <= window.Id.Chain))
            {
                subtask.Step();
            }
        }

        for (var i = 0; i < 1000; i++)
        {
            foreach (var subtask in run.Subtasks.TakeWhile(subtask => subtask.Id.Chain <= window.Id.Chain))
            {
                subtask.Step();
            }
        }

        // Two subtasks, two channels each: each full, one batch kept in front of it, one being filled.
        Assert.InRange(_made, 1, 16 * 2 * 2 * 6);
    }

    [Theory, InlineData(20_000), InlineData(1_000_000)]
    public void Steps_of_a_fire_are_bounded_and_as_many_as_its_panes_fill_and_all_of_it_comes_out_once(int keys)
    {
        Windowed(keys).To(_sink);
        var run = PipelineRun.Start(_job, batchCapacity: 64);
        var (most, steps) = (0, 0);
        for (var i = 0; i < 1_000_000 && run.Subtasks[0].Step().IsProgress; i++)
        {
            most = Math.Max(most, _made);
            steps += _made > 0 ? 1 : 0;
            _made = 0;
        }

        Assert.InRange(most, 1, Weir.Runtime.Streams.Flow.RecordsAStep);
        Assert.InRange(steps, 1, (keys / Weir.Runtime.Streams.Flow.RecordsAStep) + 1);
        run.Finish(1);
        Assert.Equal(keys, _sink.Committed.Count);
        Assert.Equal(keys, _sink.Committed.Distinct().Count());
    }

    private Stream<string> Windowed(int keys) => _job
        .From(new MemorySource<int>([[.. Enumerable.Range(0, keys)]]))
        .WithEventTime(_ => 0L, TimeSpan.Zero)
        .KeyBy(n => n)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g =>
        {
            Interlocked.Increment(ref _made);
            return $"{g.Key}";
        });
}
