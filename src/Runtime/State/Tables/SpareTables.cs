using System.Numerics;

namespace Weir.Runtime.State.Tables;

/// <summary>Emptied tables, kept for the next namespaces: no more slots than are in use, and none far larger than what it held.</summary>
/// <remarks>So a steady stream of windows allocates nothing, and what a burst took is given back when it is over.</remarks>
internal sealed class SpareTables<TKey, TValue, TFunctor>(SlotAccount account)
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    /// <summary>The spare slots that are always allowed.</summary>
    public const int FreeSlots = 4096;

    // By the power of two of their slots.
    private readonly Stack<HeapKeyTable<TKey, TValue, TFunctor>>[] _tables =
        [.. Enumerable.Range(0, 31).Select(_ => new Stack<HeapKeyTable<TKey, TValue, TFunctor>>())];

    private int _expected;

    /// <summary>Gets the slots of all spare tables.</summary>
    public long Slots { get; private set; }

    /// <summary>Takes a table that fits a namespace like the last one, or a smaller one, if there is any.</summary>
    public HeapKeyTable<TKey, TValue, TFunctor>? Take()
    {
        for (var size = BitOperations.Log2((uint)HeapKeyTable<TKey, TValue, TFunctor>.SlotsFor(_expected)); size >= 0; size--)
        {
            if (_tables[size].TryPop(out var table))
            {
                Slots -= table.Allotted;
                return table;
            }
        }

        return null;
    }

    /// <summary>Takes in a table that is no longer used: keeps it, if it is worth its memory, and gives back what is too much.</summary>
    public void Keep(HeapKeyTable<TKey, TValue, TFunctor> table)
    {
        _expected = table.Count;
        var isOversized = table.IsOversized;
        table.Clear();
        Slots += table.Allotted;
        _tables[BitOperations.Log2((uint)table.Slots.Length)].Push(table);
        Trim(Math.Max(Math.Max(FreeSlots, account.Slots - Slots), isOversized ? 0 : table.Allotted));
    }

    // The largest first: they are what memory is spent on.
    private void Trim(long limit)
    {
        for (var size = _tables.Length - 1; size >= 0 && Slots > limit; size--)
        {
            while (Slots > limit && _tables[size].TryPop(out var table))
            {
                Slots -= table.Allotted;
                account.Slots -= table.Allotted;
            }
        }
    }
}
