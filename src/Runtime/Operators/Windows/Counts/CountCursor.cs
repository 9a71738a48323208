using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Counts;

/// <summary>Where the counters of all keys are, held in locals of the kernel's loop.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
public readonly ref struct CountCursor<TKey, TAcc>
{
    // The power of two of slots from which on it pays to look ahead.
    private const int LargeTable = 16;

    private readonly ref StateSlot<TKey, Counted<TAcc>> _slots;
    private readonly int _shift;
    private readonly int _epoch;

    internal CountCursor(KeyTable<TKey, Counted<TAcc>> table, long size)
    {
        _slots = ref MemoryMarshal.GetArrayDataReference(table.Slots);
        _shift = table.Shift;
        _epoch = table.Epoch;
        Size = size;
    }

    /// <summary>Gets how many records fill a counter.</summary>
    public long Size { get; }

    /// <summary>
    /// Gets a value indicating whether the slots are more than the cache holds, so that it pays to look ahead.
    /// </summary>
    public bool IsLarge => _shift <= 64 - LargeTable;

    /// <summary>The slot where the counter of a key of this hash is most likely found.</summary>
    /// <param name="hash">The functor's hash of the key.</param>
    /// <returns>The slot; look with <see cref="Holds"/> and compare the key before using it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref StateSlot<TKey, Counted<TAcc>> Home(ulong hash) => ref Unsafe.Add(ref _slots, (nint)(hash >> _shift));

    /// <summary>The slot behind the home: where the key is, most likely, that is not there.</summary>
    /// <param name="hash">The functor's hash of the key.</param>
    /// <returns>The slot; look with <see cref="Holds"/> and compare the key before using it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref StateSlot<TKey, Counted<TAcc>> Beside(ulong hash) =>
        ref Unsafe.Add(ref _slots, (nint)(((hash >> _shift) + 1) & (ulong.MaxValue >> _shift)));

    /// <summary>Asks for the slot of a key that a record further down has (<see cref="Lookahead"/>).</summary>
    /// <param name="hash">The functor's hash of the key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(ulong hash) => Lookahead.Fetch(ref Home(hash));

    /// <summary>Whether a slot is in use.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>Whether it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(ref StateSlot<TKey, Counted<TAcc>> slot) => slot.Epoch == _epoch;
}
