using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <summary>Where the records of a batch go, held in locals of the kernel's loop.</summary>
/// <remarks>
/// While records come in order of time, nearly each falls into the window of the one before: that is compared first. While they wander,
/// it covers nothing, and each record looks among the recent windows: one branch that is always taken, instead of one that nobody can
/// foretell.
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
public ref struct PaneCursor<TKey, TAcc>
{
    // The power of two of slots from which on they are.
    private const int LargeTable = 16;

    // Null while records do not wander.
    private readonly RecentPanes<TKey, TAcc>? _recent;
    private readonly long _start;
    private readonly ulong _size;
    private ref StateSlot<TKey, TAcc> _slots;
    private int _shift;
    private int _epoch;
    private readonly bool _isLarge;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PaneCursor(KeyTable<TKey, TAcc> table, long start, ulong size)
    {
        _slots = ref MemoryMarshal.GetArrayDataReference(table.Slots);
        _start = start;
        _size = size;
        _shift = table.Shift;
        _epoch = table.Epoch;
        _isLarge = table.Shift <= 64 - LargeTable;
    }

    // Records wander: the table is that of one record only, if any.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal PaneCursor(RecentPanes<TKey, TAcc> recent, KeyTable<TKey, TAcc>? table)
    {
        _recent = recent;
        _isLarge = recent.AreLarge;
        if (table is not null)
        {
            _slots = ref MemoryMarshal.GetArrayDataReference(table.Slots);
            _shift = table.Shift;
            _epoch = table.Epoch;
        }
    }

    /// <summary>Gets a value indicating whether there is a window at all: not for a record that is late.</summary>
    public readonly bool IsOpen => !Unsafe.IsNullRef(ref _slots);

    /// <summary>
    /// Gets a value indicating whether the slots are more than the cache holds, so that it pays to look ahead.
    /// </summary>
    public readonly bool IsLarge => _isLarge;

    /// <summary>Moves to the window of a time, if that is near at hand.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>Whether it was; the operator locates it otherwise.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryMove(long time)
    {
        if ((ulong)(time - _start) < _size)
        {
            return true;
        }

        if (_recent is null)
        {
            return false;
        }

        ref readonly var pane = ref _recent.Look(time);
        if (!pane.Covers(time))
        {
            return false;
        }

        _slots = ref MemoryMarshal.GetArrayDataReference(pane.Slots);
        _shift = pane.Shift;
        _epoch = pane.Epoch;
        return true;
    }

    /// <summary>The slot where a key is most likely found.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">The functor's hash of it.</param>
    /// <returns>The slot; look with <see cref="Holds"/> and compare the key before using it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ref StateSlot<TKey, TAcc> Home(TKey key, ulong hash)
    {
        ref var home = ref SlotOf(hash);
        if (typeof(TKey) == typeof(long))
        {
            return ref SlotOf(hash + Step(Unsafe.BitCast<TKey, long>(home.Key) != Unsafe.BitCast<TKey, long>(key)));
        }

        if (typeof(TKey) == typeof(int))
        {
            return ref SlotOf(hash + Step(Unsafe.BitCast<TKey, int>(home.Key) != Unsafe.BitCast<TKey, int>(key)));
        }

        return ref home;
    }

    /// <summary>Asks for the slot of a key that a record further down has (<see cref="Lookahead"/>).</summary>
    /// <param name="hash">The functor's hash of the key.</param>
    /// <param name="time">The record's time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Fetch(ulong hash, long time)
    {
        if (_recent is null)
        {
            Lookahead.Fetch(ref SlotOf(hash));
            return;
        }

        ref readonly var pane = ref _recent.Look(time);
        if (pane.Covers(time))
        {
            Lookahead.Fetch(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(pane.Slots), (nint)(hash >> pane.Shift)));
        }
    }

    /// <summary>Whether a slot is in use.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>Whether it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Holds(ref StateSlot<TKey, TAcc> slot) => slot.Epoch == _epoch;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref StateSlot<TKey, TAcc> SlotOf(ulong hash) => ref Unsafe.Add(ref _slots, (nint)(hash >> _shift));

    // One slot further on in the order of probes, without a branch: of keys that are not at home most are there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong Step(bool isNext) => (ulong)Unsafe.BitCast<bool, byte>(isNext) << _shift;
}
