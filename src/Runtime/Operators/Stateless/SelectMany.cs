using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Makes any number of records of each; they carry its event time.</summary>
internal sealed class SelectMany<T, TOut>(Func<T, IEnumerable<TOut>> selector, Collector<TOut> output) : Kernel<T>(output.Next)
{
    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        output.Batch.Lane = batch.Lane;
        for (var i = 0; i < values.Length; i++)
        {
            foreach (var made in selector(values[i]))
            {
                if (times.Length > 0)
                {
                    output.Add(made, times[i]);
                }
                else
                {
                    output.Add(made);
                }
            }
        }

        output.Flush(batch.Lane);
    }
}
