using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Keyed;

/// <summary>
/// Adds each record to the accumulator of its key: the interpreted loop in front of a
/// <see cref="RunningAggregate{TKey, TAcc, TOut, TFunctor}"/>.
/// </summary>
internal sealed class FoldRunning<T, TKey, TAcc, TOut, TFunctor, TFold>(
    RunningAggregate<TKey, TAcc, TOut, TFunctor> running,
    TFunctor functor,
    TFold fold)
    : Kernel<T>(running)
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
    where TFold : struct, IPaneFold<T, TKey, TAcc>
{
    private readonly KeysAhead<TKey> _ahead = new();

    public override void OnBatch(Batch<T> batch)
    {
        var values = batch.Values;
        var times = batch.Times;
        running.Begin(batch.Lane);
        if (running.Prefetches)
        {
            _ahead.Gather<T>(values, record => fold.KeyOf(record), key => functor.Hash(key));
            running.Prefetch(_ahead);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var key = fold.KeyOf(values[i]);
            ref var slot = ref running.Find(key, key is null ? 0 : functor.Hash(key));
            fold.Add(ref slot.Value, values[i]);
            running.Emit(ref slot, batch.IsTimed ? times[i] : 0, batch.IsTimed);
        }

        running.Flush(batch.Lane);
    }

    public override void OnFailure(int lane) => running.Flush(lane);
}
