using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Gives each record the event time that the user's function says, and tells the clock the latest.</summary>
internal sealed class AssignEventTime<T>(EventTimeStage<T> stage, EventTimeClock clock, Collector<T> output) : Kernel<T>(output.Next, clock)
{
    private readonly EventTimeClock _clock = clock;

    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var copied = output.Batch.Open(out var times, timed: true);
        var latest = long.MinValue;
        values.CopyTo(copied);
        for (var i = 0; i < values.Length; i++)
        {
            var time = stage.TimeOf(values[i]);
            times[i] = time;
            latest = Math.Max(latest, time);
        }

        output.Batch.Commit(values.Length);
        output.Flush(batch.Lane);
        _clock.Observe(batch.Lane, latest);
    }
}
