using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

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


    /// <summary>The last time of the last window that holds it: a record is late once the watermark is there.</summary>
    public long LastTime;

    public RecentPane(long start, ulong size, long lastTime, KeyTable<TKey, TAcc> table)
    {
        Start = start;
        Size = size;
        LastTime = lastTime;
        Table = table;
        Slots = table.Slots;
        Shift = table.Shift;
        Epoch = table.Epoch;
    }

    /// <summary>Whether a time falls into the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Covers(long time) => (ulong)(time - Start) < Size;
}
