using Weir.Runtime.Kernels;

namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>
/// Adds each record to the counter of its key: the interpreted loop in front of a
/// <see cref="CountWindows{TKey, TAcc, TOut, TFunctor}"/>.
/// </summary>
internal sealed class FoldIntoCounts<T, TKey, TAcc, TOut, TFunctor, TFold>(
    CountWindows<TKey, TAcc, TOut, TFunctor> window,
    TFunctor functor,
    TFold fold)
    : Kernel<T>(window)
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
    where TFold : struct, IPaneFold<T, TKey, TAcc>
{
    public override void OnBatch(Batch<T> batch)
    {
        var counts = window.Begin(batch.IsTimed);
        foreach (ref readonly var value in batch.Values)
        {
            var key = fold.KeyOf(value);
            var hash = key is null ? 0 : functor.Hash(key);
            ref var slot = ref counts.Home(hash);
            if (!counts.Holds(ref slot) || !functor.AreEqual(slot.Key, key))
            {
                slot = ref counts.Beside(hash);
                if (!counts.Holds(ref slot) || !functor.AreEqual(slot.Key, key))
                {
                    slot = ref window.Find(key, hash);
                    counts = window.Cursor;
                }
            }

            fold.Add(ref slot.Value.Accumulator, value);
            if (++slot.Value.Count == counts.Size)
            {
                window.Complete(ref slot);
            }
        }

        window.End(batch.Lane);
    }

    public override void OnFailure(int lane) => window.End(lane);
}
