using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Keyed;

/// <summary>Hands each record to its process: the interpreted loop in front of <see cref="ProcessByKey{T, TKey, TOut}"/>.</summary>
internal sealed class CallProcess<T, TKey, TOut>(ProcessByKey<T, TKey, TOut> process, Func<T, TKey> key, Flow flow)
    : ExpandingKernel<T>(process, flow)
{
    public override void Dispose()
    {
    }

    protected override bool Run(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        process.Prefetch(values[Position..], key);
        for (var i = Position; i < values.Length; i++)
        {
            if (process.IsHeld)
            {
                process.Flush();
                return Hold(i);
            }

            process.OnRecord(values[i], times.Length > 0 ? times[i] : long.MinValue, key(values[i]));
        }

        process.Flush();
        return true;
    }

    public override void OnFailure(int lane) => process.Flush();
}
