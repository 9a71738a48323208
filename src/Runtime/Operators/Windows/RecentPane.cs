using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows;

/// <summary>An open window with all that a kernel needs of its table, side by side; empty if its size is 0.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
internal struct RecentPane<TKey, TAcc>
{
    public long Start;
    public ulong Size;
    public StateSlot<TKey, TAcc>[] Slots;
    public int Shift;
    public int Epoch;
    public KeyTable<TKey, TAcc> Table;

    public RecentPane(long start, ulong size, KeyTable<TKey, TAcc> table)
    {
        Start = start;
        Size = size;
        Table = table;
        Slots = table.Slots;
        Shift = table.Shift;
        Epoch = table.Epoch;
    }

    /// <summary>Gets the last time that belongs to the window.</summary>
    public readonly long MaxTime => Start + (long)(Size - 1);

    /// <summary>Whether a time falls into the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Covers(long time) => (ulong)(time - Start) < Size;
}
