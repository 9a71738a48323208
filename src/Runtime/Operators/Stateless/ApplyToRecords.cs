using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Runs any verb that makes at most one record of each: a filter, a map. The event time stays.</summary>
/// <param name="stage">The verb.</param>
/// <param name="output">Where its records go.</param>
/// <param name="catcher">Takes the records that its function throws on; null if they fail the job.</param>
internal sealed class ApplyToRecords<T, TOut>(RecordStage<T, TOut> stage, Collector<TOut> output, Catcher<T>? catcher)
    : RecordLoop<T, TOut>(output, catcher)
{
    protected override void Run(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        var made = Output.Batch.Open(out var madeTimes, batch.IsTimed);
        var count = Made;
        for (var i = Position; i < values.Length; i++)
        {
            Position = i;
            if (stage.TryApply(values[i], out var applied))
            {
                made[count] = applied;
                if (times.Length > 0)
                {
                    madeTimes[count] = times[i];
                }

                Made = ++count;
            }
        }
    }
}
