using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Keeps the records that a predicate accepts.</summary>
internal sealed class Where<T>(Func<T, bool> predicate, Collector<T> output) : Kernel<T>(output.Next)
{
    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        var kept = output.Batch.Open(out var keptTimes, batch.IsTimed);
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (predicate(values[i]))
            {
                kept[count] = values[i];
                if (times.Length > 0)
                {
                    keptTimes[count] = times[i];
                }

                count++;
            }
        }

        output.Batch.Commit(count);
        output.Flush(batch.Lane);
    }
}
