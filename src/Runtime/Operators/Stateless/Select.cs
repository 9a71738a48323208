using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Stateless;

/// <summary>Makes one record of each; the event time stays.</summary>
internal sealed class Select<T, TOut>(Func<T, TOut> selector, Collector<TOut> output) : Kernel<T>(output.Next)
{
    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var mapped = output.Batch.Open(out var times, batch.IsTimed);
        for (var i = 0; i < values.Length; i++)
        {
            mapped[i] = selector(values[i]);
        }

        batch.Times.CopyTo(times);
        output.Batch.Commit(values.Length);
        output.Flush(batch.Lane);
    }
}
