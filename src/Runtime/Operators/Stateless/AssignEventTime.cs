using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Gives each record the event time that the user's function says, and tells the clock the latest.</summary>
/// <param name="stage">The verb.</param>
/// <param name="clock">The clock.</param>
/// <param name="output">Where its records go.</param>
/// <param name="catcher">Takes the records that its function throws on; null if they fail the job.</param>
internal sealed class AssignEventTime<T>(EventTimeStage<T> stage, EventTimeClock clock, Collector<T> output, Catcher<T>? catcher)
    : RecordLoop<T, T>(output, catcher, clock)
{
    private readonly EventTimeClock _clock = clock;
    private readonly LaneMarks<T>? _marks = clock.MarksOf<T>();
    private long _latest;

    public override void OnBatch(Batch<T> batch)
    {
        base.OnBatch(batch);
        _clock.Observe(batch.Lane, _latest);
    }

    protected override void Run(Batch<T> batch)
    {
        var (position, made) = (Position, Made);
        var values = batch.Values[position..];
        values.CopyTo(Output.Batch.Open(out var times, timed: true)[made..]);
        times = times[made..];
        for (var i = 0; i < values.Length; i++)
        {
            (Position, Made) = (position + i, made + i);
            times[i] = stage.TimeOf(values[i]);
        }

        Made = made + values.Length;
    }

    protected override void Pass(int lane, int count)
    {
        Output.Batch.Commit(count);
        _latest = long.MinValue;
        foreach (var time in Output.Batch.Times)
        {
            _latest = Math.Max(_latest, time);
        }

        if (_marks is not null)
        {
            Tell(_marks, lane);
        }

        base.Pass(lane, count);
    }

    private void Tell(LaneMarks<T> marks, int lane)
    {
        var values = Output.Batch.Values;
        var times = Output.Batch.Times;
        var told = 0;
        marks.Begin(lane);
        try
        {
            for (; told < times.Length; told++)
            {
                marks.OnRecord(in values[told], times[told]);
            }
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            base.Pass(lane, told);
            throw;
        }
    }
}
