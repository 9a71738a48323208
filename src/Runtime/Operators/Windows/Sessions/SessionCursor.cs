using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Sessions;

/// <summary>Where the newest sessions of all keys are, held in locals of the kernel's loop.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">The accumulator.</typeparam>
public readonly ref struct SessionCursor<TKey, TAcc>
{
    // The power of two of slots from which on it pays to look ahead.
    private const int LargeTable = 16;

    // No slot is ever marked so.
    private const int NoEpoch = -1;

    private readonly ref StateSlot<TKey, Session<TAcc>> _slots;
    private readonly long _gap;
    private readonly int _shift;
    private readonly int _epoch;

    internal SessionCursor(KeyTable<TKey, Session<TAcc>> table, long gap, bool isOpen)
    {
        _slots = ref MemoryMarshal.GetArrayDataReference(table.Slots);
        _gap = gap;
        _shift = table.Shift;
        _epoch = isOpen ? table.Epoch : NoEpoch;
    }

    /// <summary>
    /// Gets a value indicating whether the slots are more than the cache holds, so that it pays to look ahead.
    /// </summary>
    public bool IsLarge => _shift <= 64 - LargeTable;

    /// <summary>The slot where the newest session of a key of this hash is most likely found.</summary>
    /// <param name="hash">The functor's hash of the key.</param>
    /// <returns>The slot; look with <see cref="Holds"/> and compare the key before using it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref StateSlot<TKey, Session<TAcc>> Home(ulong hash) => ref Unsafe.Add(ref _slots, (nint)(hash >> _shift));

    /// <summary>Asks for the slot of a key that a record further down has (<see cref="Lookahead"/>).</summary>
    /// <param name="hash">The functor's hash of the key.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(ulong hash) => Lookahead.Fetch(ref Home(hash));

    /// <summary>Whether a slot is in use.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>Whether it is.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(ref StateSlot<TKey, Session<TAcc>> slot) => slot.Epoch == _epoch;

    /// <summary>Makes a session longer by a record that falls into it or comes within the gap behind it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="time">The time of the record, in microseconds since the Unix epoch.</param>
    /// <returns>Whether the record belongs to the session; if not, ask the operator for its session.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryExtend(ref Session<TAcc> session, long time)
    {
        if ((ulong)(time - session.Start) > (ulong)(session.End - session.Start))
        {
            return false;
        }

        var end = time > long.MaxValue - _gap ? long.MaxValue : time + _gap;
        if (end > session.End)
        {
            session.End = end;
        }

        return true;
    }
}
