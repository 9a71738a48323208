using System.Diagnostics.CodeAnalysis;
using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Runs any verb that makes at most one record of each: a filter, a map. The event time stays.</summary>
/// <param name="stage">The verb.</param>
/// <param name="output">Where its records go.</param>
/// <param name="catcher">Takes the records that its function throws on; null if they fail the job.</param>
internal sealed class ApplyToRecords<T, TOut>(RecordStage<T, TOut> stage, Collector<TOut> output, Catcher<T>? catcher)
    : Kernel<T>(output.Next)
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
                if (catcher is null ? stage.TryApply(values[i], out var applied)
                    : TryApply(catcher, values[i], times.Length > 0 ? times[i] : long.MinValue, batch.Lane, out applied))
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
            catcher?.Flush(batch.Lane);
            throw;
        }

        output.Batch.Commit(count);
        output.Flush(batch.Lane);
        catcher?.Flush(batch.Lane);
    }

    private bool TryApply(Catcher<T> catcher, T value, long time, int lane, [MaybeNullWhen(false)] out TOut made)
    {
        try
        {
            return stage.TryApply(value, out made);
        }
        catch (Exception failure) when (catcher.Takes(failure))
        {
            catcher.Add(value, time, lane, failure);
            made = default;
            return false;
        }
    }
}
