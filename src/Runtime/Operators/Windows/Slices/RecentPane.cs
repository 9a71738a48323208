using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>
/// An open window with all that a kernel needs of its table, side by side in half a line of the cache; empty if its size is 0.
/// </summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
internal readonly struct RecentPane<TKey, TAcc>(long start, ulong size, KeyTable<TKey, TAcc> table)
{
    public readonly StateSlot<TKey, TAcc>[] Slots = table.Slots;
    public readonly long Start = start;
    public readonly ulong Size = size;
    public readonly int Shift = table.Shift;
    public readonly int Epoch = table.Epoch;

    /// <summary>Whether a time falls into the window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Covers(long time) => (ulong)(time - Start) < Size;
}
