using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>Where records go that are in no window and not late: a table without keys, and a slot that is forgotten.</summary>
internal sealed class Nowhere<TKey, TAcc, TFunctor>(TFunctor functor)
    where TFunctor : struct, ITableFunctor<TKey, TAcc>
{
    private HeapKeyTable<TKey, TAcc, TFunctor>? _table;
    private StateSlot<TKey, TAcc> _slot;

    /// <summary>Gets the table, which never holds a key.</summary>
    public KeyTable<TKey, TAcc> Table => _table ??= new HeapKeyTable<TKey, TAcc, TFunctor>(functor, new SlotAccount());

    /// <summary>Whether a table is this one.</summary>
    public bool Is(KeyTable<TKey, TAcc> table) => table == _table;

    /// <summary>A slot to add one record to.</summary>
    public ref StateSlot<TKey, TAcc> Slot()
    {
        _slot.Value = functor.Create();
        return ref _slot;
    }
}
