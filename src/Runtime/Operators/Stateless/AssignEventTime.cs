using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Gives each record the event time that the user's function says, and tells the clock the latest.</summary>
internal sealed class AssignEventTime<T>(EventTimeStage<T> stage, EventTimeClock clock, Collector<T> output) : Kernel<T>(output.Next, clock)
{
    private readonly EventTimeClock _clock = clock;
    private readonly LaneMarks<T>? _marks = clock.MarksOf<T>();

    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var copied = output.Batch.Open(out var times, timed: true);
        var latest = long.MinValue;
        values.CopyTo(copied);
        var count = 0;
        _marks?.Begin(batch.Lane);
        try
        {
            for (; count < values.Length; count++)
            {
                var time = stage.TimeOf(values[count]);
                times[count] = time;
                latest = Math.Max(latest, time);
                _marks?.OnRecord(values[count], time);
            }
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            // The records before it fail first, if they do: as in a loop over records.
            output.Batch.Commit(count);
            output.Flush(batch.Lane);
            throw;
        }

        output.Batch.Commit(count);
        output.Flush(batch.Lane);
        _clock.Observe(batch.Lane, latest);
    }
}
