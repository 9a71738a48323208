using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>A state by key and window: one of those that an operator of windows keeps.</summary>
internal sealed class PaneState<TKey, TValue, TKeys>
    where TKeys : struct, IKeyFunctor<TKey>
{
    private readonly PaneKeyFunctor<TKey, TValue, TKeys> _functor;
    private readonly Codec<TKey> _keys;
    private readonly Codec<TValue> _values;
    private readonly StateTable<PaneKey<TKey>, NoNamespace, TValue> _table;
    private readonly KeyTable<PaneKey<TKey>, TValue> _panes;

    public PaneState(StateBackend backend, Codec<TKey> keys, Codec<TValue> values, TKeys functor, KeySeed seed, Func<TValue> create)
    {
        _keys = keys;
        _values = values;
        _functor = new PaneKeyFunctor<TKey, TValue, TKeys>(functor, seed, create);
        _table = backend.Open<PaneKey<TKey>, NoNamespace, TValue, PaneKeyFunctor<TKey, TValue, TKeys>>(
            new(new PaneKeyCodec<TKey>(keys), NoNamespace.Codec, values), _functor, seed);
        _panes = _table.Open(default);
    }

    /// <summary>Gets what a checkpoint holds.</summary>
    public KeyedPart Part => _table;

    /// <summary>Gets the number of keys in windows that have a value.</summary>
    public int Count => _panes.Count;

    /// <summary>The value of a key and window, made if there is none.</summary>
    public ref TValue Find(TKey key, TimeWindow window, out bool isNew)
    {
        var pane = new PaneKey<TKey>(key, window);
        var before = _panes.Count;
        ref var slot = ref _panes.Find(pane, _functor.Hash(pane));
        isNew = _panes.Count != before;
        return ref slot.Value;
    }

    /// <summary>The value of a key and window; a null reference if there is none.</summary>
    public ref TValue FindExisting(TKey key, TimeWindow window)
    {
        var pane = new PaneKey<TKey>(key, window);
        ref var slot = ref _panes.FindExisting(pane, _functor.Hash(pane));
        if (Unsafe.IsNullRef(ref slot))
        {
            return ref Unsafe.NullRef<TValue>();
        }

        return ref slot.Value;
    }

    /// <summary>Forgets the value of a key and window, if there is one.</summary>
    public void Remove(TKey key, TimeWindow window)
    {
        var pane = new PaneKey<TKey>(key, window);
        _panes.Remove(pane, _functor.Hash(pane));
    }

    /// <summary>Says in which form the values were written that are going to be restored.</summary>
    public void ReadAs(StoredForms forms, string name) => _table.ReadAs(
        new(new PaneKeyCodec<TKey>(forms.Reading(PaneSchema.Key, _keys)), NoNamespace.Codec, forms.Reading(name, _values)));
}
