using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <content>How a table gets larger and smaller: a large one a portion at a time, so that no record waits for all of it.</content>
/// <remarks>
/// <para>A large table that is full first clears the array that it is going to use, a portion with each key that is claimed; it is more
/// than full meanwhile. Then it uses it. Slots that are left in the other array are moved in order, a portion with each key that is looked
/// for in vain, and a key that is asked for is fetched before its turn. So whoever looks for a key finds it in the slots, and the loops of
/// kernels know of one array only.</para>
/// <para>Runs of slots are moved as a whole. So a key whose home lies before what has been moved is never left behind. A key that was
/// fetched leaves a mark, over which probes go on.</para>
/// </remarks>
internal sealed partial class HeapKeyTable<TKey, TValue, TFunctor>
{
    // Up to here a table is moved at once: a fraction of a millisecond.
    private const int AtOnce = 8192;

    // To clear costs a page of memory now and then, and must be over before the table is much too full: a sixteenth.
    private const int ClearedAClaim = 32;
    private const int MovedALook = 16;

    // A key was here and has been fetched. No table's epoch is this.
    private const int Fetched = int.MaxValue;

    // Of a large table; null while it is small.
    private Portions? _portions;

    public override bool TryEmpty(int portion)
    {
        if (Slots.Length <= AtOnce || !RuntimeHelpers.IsReferenceOrContainsReferences<StateSlot<TKey, TValue>>())
        {
            return true;
        }

        // What is to be kept of them is kept first.
        if (_history is { IsPending: true } && !Sweep(ref portion))
        {
            return false;
        }

        var portions = _portions ??= new();
        return Portions.TryClear(Slots, ref portions.Emptied, portion);
    }

    public override bool TryReserve(int keys, int portion)
    {
        var slots = SlotsFor(keys);
        if (slots <= Slots.Length)
        {
            return true;
        }

        if (slots <= AtOnce)
        {
            Resize(slots);
            return true;
        }

        if (_portions is { Left: not null })
        {
            Move(portion);
            return false;
        }

        if (_portions?.Next?.Length < slots)
        {
            DropPortions();
        }

        return TryGrow(slots, portion);
    }

    private void Grow()
    {
        var slots = checked(Slots.Length * 2);
        if (slots <= AtOnce)
        {
            Resize(slots);
            return;
        }

        // All has been moved long before, by the portion that was chosen.
        Invariant.Holds(_portions?.Left is null, $"a table of {Slots.Length} slots is full before all keys have been moved to it");
        TryGrow(slots, ClearedAClaim);
    }

    private bool TryGrow(int slots, int portion)
    {
        var portions = _portions ??= new();
        if (portions.Next is null)
        {
            // What holds references is always cleared by the runtime.
            var isClear = RuntimeHelpers.IsReferenceOrContainsReferences<StateSlot<TKey, TValue>>();
            portions.Next = isClear ? new StateSlot<TKey, TValue>[slots] : GC.AllocateUninitializedArray<StateSlot<TKey, TValue>>(slots);
            portions.Cleared = isClear ? slots : 0;
            _account.Slots += slots;
        }

        if (!Portions.TryClear(portions.Next, ref portions.Cleared, portion))
        {
            return false;
        }

        var next = portions.Next;
        portions.Next = null;
        MoveTo(next);
        return true;
    }

    private void Shrink()
    {
        if (Count == 0 && IsOversized)
        {
            DropPortions();
            _account.Slots -= Slots.Length;
            Use(Allocate(MinSlots));
        }
        else if (_portions is { Left: not null })
        {
            Move(_portions.MovedALook);
        }
        else if (Slots.Length <= SparseLimit ? IsOversized : Count < _limit / 64)
        {
            // A large table is walked only when next to nothing is left to move: to shrink it step by step would be work each time.
            var slots = Slots.Length <= SparseLimit ? Slots.Length / 4 : SlotsFor(2 * Count);
            DropPortions();
            if (Slots.Length <= AtOnce)
            {
                Resize(slots);
            }
            else
            {
                MoveTo(Allocate(Math.Max(AtOnce, slots)));
            }
        }
    }

    private void Resize(int slots)
    {
        var left = Slots;
        Use(Allocate(Math.Max(slots, MinSlots)));
        foreach (ref var slot in left.AsSpan())
        {
            if (IsUsed(slot.Epoch))
            {
                Relocate(ref slot, ref Free(_functor.Hash(slot.Key)));
            }
        }

        _account.Slots -= left.Length;
    }

    // All must be moved before the table is full again.
    private void MoveTo(StateSlot<TKey, TValue>[] slots)
    {
        var (left, shift) = (Slots, Shift);
        Use(slots);
        if (Count == 0)
        {
            _account.Slots -= left.Length;
            return;
        }

        var portions = _portions ??= new();
        (portions.Left, portions.LeftShift, portions.Moved) = (left, shift, 0);
        portions.MovedALook = Math.Max(MovedALook, (left.Length / Math.Max(1, _limit - Count)) + 1);

        // With the run that the end of the array goes on in.
        Move(1);
    }

    private void Move(int portion)
    {
        var portions = _portions!;
        var left = portions.Left!;
        var i = portions.Moved;
        for (var end = (int)Math.Min((long)i + portion, left.Length); i < left.Length; i++)
        {
            ref var slot = ref left[i];
            if (IsUsed(slot.Epoch))
            {
                Relocate(ref slot, ref Free(_functor.Hash(slot.Key)));
            }
            else if (i >= end && slot.Epoch != Fetched)
            {
                portions.Moved = i;
                return;
            }
        }

        _account.Slots -= left.Length;
        portions.Left = null;
    }

    // Moves a portion; and a key before its turn, if it is left behind. Returns whether it is in the slots now.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFetch(scoped in TKey key, ulong hash)
    {
        var portions = _portions!;
        Move(portions.MovedALook);
        var home = (int)(hash >> portions.LeftShift);
        if (portions.Left is not { } left || home < portions.Moved)
        {
            return IsUsed(Probe(key, hash).Epoch);
        }

        // The run goes no further than the array: what it went on in at the beginning was moved first.
        for (var i = home; i < left.Length && (IsUsed(left[i].Epoch) || left[i].Epoch == Fetched); i++)
        {
            ref var slot = ref left[i];
            if (IsUsed(slot.Epoch) && _functor.AreEqual(slot.Key, key))
            {
                Relocate(ref slot, ref Free(hash));
                slot = default;
                slot.Epoch = Fetched;
                return true;
            }
        }

        return false;
    }

    private StateSlot<TKey, TValue>[] Allocate(int slots)
    {
        _account.Slots += slots;
        return new StateSlot<TKey, TValue>[slots];
    }

    // What is to be used next stays, as far as it is clear: else a namespace of as many keys would begin it anew each time.
    private void DropLeft()
    {
        if (_portions is { } portions)
        {
            _account.Slots -= portions.Left?.Length ?? 0;
            (portions.Left, portions.Emptied) = (null, 0);
        }
    }

    private void DropPortions()
    {
        _account.Slots -= (_portions?.Next?.Length ?? 0) + (_portions?.Left?.Length ?? 0);
        _portions = null;
    }

    private void Use(StateSlot<TKey, TValue>[] slots)
    {
        Slots = slots;
        ForgetMarks();
        Shift = 64 - BitOperations.Log2((uint)slots.Length);
        _limit = LimitOf(slots.Length);
    }

    private sealed class Portions
    {
        /// <summary>What is to be used next, and how much of it is clear.</summary>
        public StateSlot<TKey, TValue>[]? Next;
        public int Cleared;

        /// <summary>What was used before, how much of it has been moved, and how much is moved at a time.</summary>
        public StateSlot<TKey, TValue>[]? Left;
        public int LeftShift;
        public int Moved;
        public int MovedALook;

        /// <summary>How much is clear of what is used, while it is emptied.</summary>
        public int Emptied;

        public static bool TryClear(StateSlot<TKey, TValue>[] slots, ref int cleared, int portion)
        {
            var to = (int)Math.Min((long)cleared + portion, slots.Length);
            slots.AsSpan(cleared..to).Clear();
            cleared = to;
            return to == slots.Length;
        }
    }
}
