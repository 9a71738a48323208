using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>
/// The keys of one namespace on the heap. Begins tiny and doubles, so that memory follows the number of keys; used again for other
/// namespaces.
/// </summary>
internal sealed partial class HeapKeyTable<TKey, TValue, TFunctor> : KeyTable<TKey, TValue>
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    /// <summary>The slots of a new table.</summary>
    public const int MinSlots = 8;

    // Tables of the cache are a quarter full at most, for short probes. Tiny ones cost a line or two however full; of large ones every slot
    // is a cache miss.
    private const int TinyLimit = 64;
    private const int SparseLimit = 65_536;

    // Beyond, an emptied table begins to count anew: barriers have the same room again.
    private const int GreatestEpoch = 1 << 30;

    private readonly TFunctor _functor;
    private readonly SlotAccount _account;
    private readonly TableHistory<TKey, TValue>? _history;
    private int _limit;

    public HeapKeyTable(TFunctor functor, SlotAccount account, TableHistory<TKey, TValue>? history = null)
        : base(history ?? EpochClock.Still)
    {
        _functor = functor;
        _account = account;
        _history = history;
        Use(Allocate(MinSlots));
    }

    /// <summary>Gets a value indicating whether the table is far larger than what it holds.</summary>
    public bool IsOversized => Slots.Length > TinyLimit && Count < _limit / 8;

    /// <summary>Gets the slots of an empty table, those included that it is going to use when it is full.</summary>
    public int Allotted => Slots.Length + (_portions?.Next?.Length ?? 0);

    /// <summary>The number of slots that a number of keys takes.</summary>
    public static int SlotsFor(int keys)
    {
        var slots = MinSlots;
        while (LimitOf(slots) < keys && slots < 1 << 30)
        {
            slots *= 2;
        }

        return slots;
    }

    public override ref StateSlot<TKey, TValue> Find(scoped in TKey key, ulong hash)
    {
        ref var slot = ref Probe(key, hash);
        if (!IsUsed(slot.Epoch))
        {
            if (_portions is not { Left: not null } || !TryFetch(key, hash))
            {
                return ref Claim(key, hash);
            }

            slot = ref Probe(key, hash);
        }

        if (slot.Epoch != Epoch)
        {
            Renew(ref slot);
        }

        return ref slot;
    }

    public override ref StateSlot<TKey, TValue> FindExisting(scoped in TKey key, ulong hash)
    {
        ref var slot = ref Probe(key, hash);
        if (!IsUsed(slot.Epoch))
        {
            if (_portions is not { Left: not null } || !TryFetch(key, hash))
            {
                return ref Unsafe.NullRef<StateSlot<TKey, TValue>>();
            }

            slot = ref Probe(key, hash);
        }

        if (slot.Epoch != Epoch)
        {
            Renew(ref slot);
        }

        return ref slot;
    }

    public override bool Remove(scoped in TKey key, ulong hash)
    {
        ref var found = ref FindExisting(key, hash);
        if (Unsafe.IsNullRef(ref found))
        {
            return false;
        }

        if (_history is { Tracks: true } history)
        {
            history.Removed(Place, key);
        }

        Close(IndexOf(ref found));
        Count--;
        _account.Keys--;
        Shrink();
        return true;
    }

    public override Span<StateSlot<TKey, TValue>> Chunk(int index) =>
        index switch
        {
            0 => Slots,
            1 when _portions is { Left: { } left } => left.AsSpan(_portions.Moved),
            _ => [],
        };

    /// <summary>Forgets all keys, and what they point to.</summary>
    public void Clear()
    {
        // Slots that hold references would keep what they point to alive until they are overwritten.
        var isEmptied = _portions?.Emptied == Slots.Length;
        DropLeft();
        var isWornOut = Epoch >= GreatestEpoch;
        if ((RuntimeHelpers.IsReferenceOrContainsReferences<StateSlot<TKey, TValue>>() && !isEmptied) || isWornOut)
        {
            Array.Clear(Slots);
        }

        Offset = isWornOut ? Offset - Epoch + 1 : Offset + 1;
        Base = Epoch;
        _account.Keys -= Count;
        Count = 0;
        DropMarks();
    }

    private static int LimitOf(int slots) => slots is <= TinyLimit or > SparseLimit ? slots / 2 : slots / 4;

    // The slot of a key, or the free one where it would be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref StateSlot<TKey, TValue> Probe(scoped in TKey key, ulong hash)
    {
        var slots = Slots;
        var mask = slots.Length - 1;
        var lowest = Base;
        var marks = (uint)(Epoch - lowest);
        for (var i = (int)(hash >> Shift); ; i = (i + 1) & mask)
        {
            ref var slot = ref slots[i];
            if ((uint)(slot.Epoch - lowest) > marks || _functor.AreEqual(slot.Key, key))
            {
                return ref slot;
            }
        }
    }

    private ref StateSlot<TKey, TValue> Claim(scoped in TKey key, ulong hash)
    {
        if (Count + 1 > _limit)
        {
            Grow();
        }

        // Before anything is claimed: it is the user's, and may throw.
        var value = _functor.Create();
        ref var slot = ref Free(hash);
        Count++;
        _account.Keys++;
        slot.Key = key;
        slot.Epoch = Epoch;
        slot.Value = value;
        if (_history is { Tracks: true })
        {
            Note(ref slot);
        }

        return ref slot;
    }

    // Moves back what stands behind a slot in its run, so that no probe ends early (Knuth, 6.4, algorithm R).
    private void Close(int hole)
    {
        var slots = Slots;
        var mask = slots.Length - 1;
        for (var i = (hole + 1) & mask; IsUsed(slots[i].Epoch); i = (i + 1) & mask)
        {
            var home = (int)(_functor.Hash(slots[i].Key) >> Shift);
            if (((i - home) & mask) >= ((i - hole) & mask))
            {
                Relocate(ref slots[i], ref slots[hole]);
                hole = i;
            }
        }

        slots[hole] = default;
    }

    private ref StateSlot<TKey, TValue> Free(ulong hash)
    {
        var slots = Slots;
        var i = (int)(hash >> Shift);
        while (IsUsed(slots[i].Epoch))
        {
            i = (i + 1) & (slots.Length - 1);
        }

        return ref slots[i];
    }
}
