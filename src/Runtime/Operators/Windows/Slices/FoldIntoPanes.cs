using Weir.Runtime.Kernels;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>
/// Adds each record to the pane of its key and window: the interpreted loop in front of a
/// <see cref="WindowAggregate{TKey, TAcc, TOut, TFunctor}"/>.
/// </summary>
internal sealed class FoldIntoPanes<T, TKey, TAcc, TOut, TFunctor, TFold>(
    WindowAggregate<TKey, TAcc, TOut, TFunctor> window,
    TFunctor functor,
    TFold fold,
    Collector<T>? late)
    : Kernel<T>(window)
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
    where TFold : struct, IPaneFold<T, TKey, TAcc>
{
    private readonly KeysAhead<TKey> _ahead = new();

    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        var panes = window.Begin();
        if (window.Prefetches)
        {
            _ahead.Gather<T>(values, record => fold.KeyOf(record), key => functor.Hash(key));
            window.Prefetch(_ahead);
            panes = window.Cursor;
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!panes.TryMove(times[i]))
            {
                panes = window.Locate(times[i]);
                if (!panes.IsOpen)
                {
                    OnLate(values[i], times[i]);
                    continue;
                }
            }

            var key = fold.KeyOf(values[i]);
            var hash = key is null ? 0 : functor.Hash(key);
            ref var slot = ref panes.Home(key, hash);
            if (!panes.Holds(ref slot) || !functor.AreEqual(slot.Key, key))
            {
                slot = ref window.Find(key, hash, times[i]);
                panes = window.Cursor;
            }

            fold.Add(ref slot.Value, values[i]);
        }

        late?.Flush(lane: 0);
    }

    private void OnLate(T value, long time)
    {
        if (late is null)
        {
            window.OnLate();
        }
        else
        {
            late.Add(value, time);
        }
    }
}
