using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>
/// Adds each record to the session of its key: the interpreted loop in front of a
/// <see cref="SessionWindows{TKey, TAcc, TOut, TFunctor}"/>.
/// </summary>
internal sealed class FoldIntoSessions<T, TKey, TAcc, TOut, TFunctor, TFold>(
    SessionWindows<TKey, TAcc, TOut, TFunctor> window,
    TFunctor functor,
    TFold fold,
    Collector<T>? late)
    : Kernel<T>(window)
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
    where TFold : struct, IPaneFold<T, TKey, TAcc>
{
    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        var sessions = window.Cursor;
        for (var i = 0; i < values.Length; i++)
        {
            var time = times[i];
            var key = fold.KeyOf(values[i]);
            var hash = key is null ? 0 : functor.Hash(key);
            ref var slot = ref sessions.Home(hash);
#pragma warning disable IDE0007 // With var it would be a reference to a TAcc that may be null, and Find's would not fit.
            ref TAcc accumulator = ref slot.Value.Accumulator;
#pragma warning restore IDE0007
            if (!sessions.Holds(ref slot) || !functor.AreEqual(slot.Key, key) || !sessions.TryExtend(ref slot.Value, time))
            {
                accumulator = ref window.Find(key, hash, time);
                sessions = window.Cursor;
                if (Unsafe.IsNullRef(ref accumulator))
                {
                    OnLate(values[i], time);
                    continue;
                }
            }

            fold.Add(ref accumulator, values[i]);
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
