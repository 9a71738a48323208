using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Takes the event times that the source has given records, and tells the clock the latest. The batch goes on as it is.</summary>
/// <param name="id">The operator.</param>
/// <param name="clock">The clock.</param>
/// <param name="next">Who takes the records in.</param>
internal sealed class TakeEventTime<T>(string id, EventTimeClock clock, Receiver<T> next) : Kernel<T>(next, clock)
{
    private readonly EventTimeClock _clock = clock;
    private readonly Receiver<T> _next = next;

    public override void OnBatch(Batch<T> batch)
    {
        if (!batch.IsTimed)
        {
            throw new InvalidOperationException(
                $"Operator '{id}' takes the times that the source knows, and a record has none: where SourceContext.WantsTimes is true, "
                    + "readers add each record with its time.");
        }

        var latest = long.MinValue;
        foreach (var time in batch.Times)
        {
            latest = Math.Max(latest, time);
        }

        _next.OnBatch(batch);
        _clock.Observe(batch.Lane, latest);
    }
}
