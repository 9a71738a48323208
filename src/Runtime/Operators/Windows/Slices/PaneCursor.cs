using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>The window that records fall into just now, held in locals of the kernel's loop.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
public readonly ref struct PaneCursor<TKey, TAcc>
{
    // The power of two of slots from which on they are.
    private const int LargeTable = 16;

    private readonly ref StateSlot<TKey, TAcc> _slots;
    private readonly long _start;
    private readonly ulong _size;
    private readonly int _shift;
    private readonly int _epoch;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PaneCursor(KeyTable<TKey, TAcc> table, long start, ulong size)
    {
        _slots = ref MemoryMarshal.GetArrayDataReference(table.Slots);
        _start = start;
        _size = size;
        _shift = table.Shift;
        _epoch = table.Epoch;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PaneCursor(in RecentPane<TKey, TAcc> pane)
    {
        _slots = ref MemoryMarshal.GetArrayDataReference(pane.Slots);
        _start = pane.Start;
        _size = pane.Size;
        _shift = pane.Shift;
        _epoch = pane.Epoch;
    }

    /// <summary>Gets a value indicating whether there is a window at all: not for a record that is late.</summary>
    public bool IsOpen => _size != 0;

    /// <summary>Whether a time falls into the window.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>Whether it does.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Covers(long time) => (ulong)(time - _start) < _size;

    /// <summary>The slot where a key of this hash is most likely found.</summary>
    /// <param name="hash">The functor's hash of the key.</param>
    /// <returns>The slot; look with <see cref="Holds"/> and compare the key before using it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref StateSlot<TKey, TAcc> Home(ulong hash) => ref Unsafe.Add(ref _slots, (nint)(hash >> _shift));

    /// <summary>
    /// Gets a value indicating whether the slots are more than the cache holds, so that it pays to look ahead.
    /// </summary>
    public bool IsLarge => _shift <= 64 - LargeTable;

    /// <summary>Asks for the slot of a key that a record further down has (<see cref="Lookahead"/>).</summary>
    /// <param name="hash">The functor's hash of the key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(ulong hash) => Lookahead.Fetch(ref Home(hash));

    /// <summary>Whether a slot is in use.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>Whether it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(ref StateSlot<TKey, TAcc> slot) => slot.Epoch == _epoch;
}
