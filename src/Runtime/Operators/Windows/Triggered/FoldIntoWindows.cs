using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>
/// Adds each record to its windows: the interpreted loop in front of <see cref="TriggeredWindows{T, TKey, TAcc, TOut, TFunctor}"/>.
/// </summary>
internal sealed class FoldIntoWindows<T, TKey, TAcc, TOut, TFunctor, TFold>(
    TriggeredWindows<T, TKey, TAcc, TOut, TFunctor> windows,
    TFold fold,
    Collector<T>? late,
    Flow flow)
    : ExpandingKernel<T>(windows, flow)
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
    where TFold : struct, IWindowFold<T, TKey, TAcc>
{
    public override void OnFailure(int lane) => Flush();

    public override void Dispose()
    {
    }

    protected override bool Run(Batch<T> batch)
    {
        var isDone = Fold(batch);
        Flush();
        return isDone;
    }

    private bool Fold(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        for (var i = Position; i < values.Length; i++)
        {
            if (windows.IsHeld)
            {
                return Hold(i);
            }

            var (value, time) = (values[i], times.Length > 0 ? times[i] : long.MinValue);
            windows.Begin(value, time, fold.KeyOf(value));
            while (true)
            {
                ref var contents = ref windows.Next();
                if (Unsafe.IsNullRef(ref contents))
                {
                    break;
                }

                fold.Add(ref contents, value, time);
                windows.Added(value, time);
            }

            if (windows.IsLate(time))
            {
                OnLate(value, time);
            }
        }

        return true;
    }

    private void OnLate(T value, long time)
    {
        if (late is null)
        {
            windows.OnLate();
        }
        else
        {
            late.Add(value, time);
        }
    }

    private void Flush()
    {
        late?.Flush(lane: 0);
        windows.Flush();
    }
}
