using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>The results that windows have put out and may have to take back.</summary>
internal sealed class WindowChanges<TKey, TOut, TKeys> : IResultsBefore<TKey, TOut>
    where TKeys : struct, IKeyFunctor<TKey>
{
    private readonly Retraction<TOut> _retraction;
    private readonly PaneState<TKey, TOut, TKeys> _results;

    public WindowChanges(Retraction<TOut> retraction, JobContext job, Codec<TKey> keys, TKeys functor)
    {
        _retraction = retraction;
        var codec = retraction.Codec;
        Schema = codec.Schema;
        _results = new(job.Backend, keys, codec, functor, job.Seed, static () => default!);
    }

    /// <summary>Gets the form of what is remembered.</summary>
    public Schema Schema { get; }

    /// <summary>Gets what a checkpoint holds.</summary>
    public KeyedPart Part => _results.Part;

    /// <summary>Gets the number of results.</summary>
    public int Count => _results.Count;

    /// <inheritdoc/>
    public TOut Behind(TKey key, TimeWindow state, TOut result)
    {
        ref var before = ref _results.Find(key, state, out var isFirst);
        var change = isFirst ? result : _retraction.Behind(before, result);
        before = result;
        return change;
    }

    /// <summary>Takes back the result of a window that has become part of another, if it had one.</summary>
    public void End(TKey key, TimeWindow state, FireContext<TKey, TOut> context)
    {
        ref var before = ref _results.FindExisting(key, state);
        if (!Unsafe.IsNullRef(ref before))
        {
            var end = _retraction.End(before);
            _results.Remove(key, state);
            context.EmitAsIs(end);
        }
    }

    /// <summary>Forgets the result of a window that is forgotten.</summary>
    public void Forget(TKey key, TimeWindow state) => _results.Remove(key, state);

    /// <summary>Says in which form results were written that are going to be restored.</summary>
    public void ReadAs(StoredForms forms) => _results.ReadAs(forms, PaneSchema.Results);
}

/// <summary>Says with a result which one it replaces.</summary>
internal interface IResultsBefore<TKey, TOut>
{
    /// <summary>A result, with the one before it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="state">The window under which the contents are kept.</param>
    /// <param name="result">The result.</param>
    TOut Behind(TKey key, TimeWindow state, TOut result);
}
