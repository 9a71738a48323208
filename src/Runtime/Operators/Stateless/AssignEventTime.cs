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
    : Kernel<T>(output.Next, clock)
{
    private readonly EventTimeClock _clock = clock;
    private readonly LaneMarks<T>? _marks = clock.MarksOf<T>();

    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var copied = output.Batch.Open(out var times, timed: true);
        var latest = long.MinValue;
        var count = 0;
        _marks?.Begin(batch.Lane);
        try
        {
            foreach (ref readonly var value in values)
            {
                long time;
                if (catcher is null)
                {
                    time = stage.TimeOf(value);
                }
                else if (!TryTime(catcher, value, batch.Lane, out time))
                {
                    continue;
                }

                copied[count] = value;
                times[count] = time;
                count++;
                latest = Math.Max(latest, time);
                _marks?.OnRecord(value, time);
            }
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            // The records before it fail first, if they do: as in a loop over records.
            output.Batch.Commit(count);
            output.Flush(batch.Lane);
            catcher?.Flush(batch.Lane);
            throw;
        }

        output.Batch.Commit(count);
        output.Flush(batch.Lane);
        catcher?.Flush(batch.Lane);
        _clock.Observe(batch.Lane, latest);
    }

    private bool TryTime(Catcher<T> catcher, T value, int lane, out long time)
    {
        try
        {
            time = stage.TimeOf(value);
            return true;
        }
        catch (Exception failure) when (catcher.Takes(failure))
        {
            catcher.Add(value, long.MinValue, lane, failure);
            time = 0;
            return false;
        }
    }
}
