using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Runs any verb that makes at most one record of each: a filter, a map. The event time stays.</summary>
internal sealed class ApplyToRecords<T, TOut>(RecordStage<T, TOut> stage, Collector<TOut> output) : Kernel<T>(output.Next)
{
    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        var made = output.Batch.Open(out var madeTimes, batch.IsTimed);
        var count = 0;
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (stage.TryApply(values[i], out var applied))
                {
                    made[count] = applied;
                    if (times.Length > 0)
                    {
                        madeTimes[count] = times[i];
                    }

                    count++;
                }
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
    }
}
