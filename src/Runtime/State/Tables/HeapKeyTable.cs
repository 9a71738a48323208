using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>
/// The keys of one namespace on the heap. Begins tiny and doubles, so that memory follows the number of keys; used again for other
/// namespaces.
/// </summary>
internal sealed class HeapKeyTable<TKey, TValue, TFunctor> : KeyTable<TKey, TValue>
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    /// <summary>The slots of a new table.</summary>
    public const int MinSlots = 8;

    // Tables of the cache are a quarter full at most, for short probes. Tiny ones cost a line or two however full; of large ones every slot
    // is a cache miss.
    private const int TinyLimit = 64;
    private const int SparseLimit = 65_536;

    private readonly TFunctor _functor;
    private readonly SlotAccount _account;
    private int _limit;

    public HeapKeyTable(TFunctor functor, SlotAccount account)
    {
        _functor = functor;
        _account = account;
        Allocate(MinSlots);
    }

    /// <summary>Gets a value indicating whether the table is far larger than what it holds.</summary>
    public bool IsOversized => Slots.Length > TinyLimit && Count < _limit / 8;

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

    public override void Reserve(int keys)
    {
        if (SlotsFor(keys) is var slots && slots > Slots.Length)
        {
            Resize(slots);
        }
    }

    public override ref StateSlot<TKey, TValue> Find(scoped in TKey key, ulong hash)
    {
        ref var slot = ref Probe(key, hash);
        if (slot.Epoch == Epoch)
        {
            return ref slot;
        }

        return ref Claim(ref slot, key, hash);
    }

    public override ref StateSlot<TKey, TValue> FindExisting(scoped in TKey key, ulong hash)
    {
        ref var slot = ref Probe(key, hash);
        if (slot.Epoch == Epoch)
        {
            return ref slot;
        }

        return ref Unsafe.NullRef<StateSlot<TKey, TValue>>();
    }

    public override bool Remove(scoped in TKey key, ulong hash)
    {
        ref var found = ref FindExisting(key, hash);
        if (Unsafe.IsNullRef(ref found))
        {
            return false;
        }

        Close((int)(Unsafe.ByteOffset(ref Slots[0], ref found) / Unsafe.SizeOf<StateSlot<TKey, TValue>>()));
        Count--;
        Shrink();

        return true;
    }

    public override Span<StateSlot<TKey, TValue>> Chunk(int index) => index == 0 ? Slots : [];

    /// <summary>Forgets all keys, and what they point to.</summary>
    public void Clear()
    {
        // Slots that hold references would keep what they point to alive until they are overwritten.
        if (RuntimeHelpers.IsReferenceOrContainsReferences<StateSlot<TKey, TValue>>() || Epoch == int.MaxValue)
        {
            Array.Clear(Slots);
            Epoch = 0;
        }

        Epoch++;
        Count = 0;
    }

    private static int LimitOf(int slots) => slots is <= TinyLimit or > SparseLimit ? slots / 2 : slots / 4;

    // A large table is walked only when next to nothing is left to move: to shrink it step by step would be a pause each time.
    private void Shrink()
    {
        if (Count == 0 && IsOversized)
        {
            Allocate(MinSlots);
        }
        else if (Slots.Length <= SparseLimit ? IsOversized : Count < _limit / 64)
        {
            Resize(Slots.Length <= SparseLimit ? Slots.Length / 4 : SlotsFor(2 * Count));
        }
    }

    // The slot of a key, or the free one where it would be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref StateSlot<TKey, TValue> Probe(scoped in TKey key, ulong hash)
    {
        var slots = Slots;
        var mask = slots.Length - 1;
        for (var i = (int)(hash >> Shift); ; i = (i + 1) & mask)
        {
            ref var slot = ref slots[i];
            if (slot.Epoch != Epoch || _functor.AreEqual(slot.Key, key))
            {
                return ref slot;
            }
        }
    }

    private ref StateSlot<TKey, TValue> Claim(ref StateSlot<TKey, TValue> slot, scoped in TKey key, ulong hash)
    {
        if (Count + 1 > _limit)
        {
            Resize(checked(Slots.Length * 2));
            slot = ref Free(hash);
        }

        // Before anything is claimed: it is the user's, and may throw.
        var value = _functor.Create();
        Count++;
        slot.Key = key;
        slot.Epoch = Epoch;
        slot.Value = value;
        return ref slot;
    }

    // Moves back what stands behind a slot in its run, so that no probe ends early (Knuth, 6.4, algorithm R).
    private void Close(int hole)
    {
        var slots = Slots;
        var mask = slots.Length - 1;
        for (var i = (hole + 1) & mask; slots[i].Epoch == Epoch; i = (i + 1) & mask)
        {
            var home = (int)(_functor.Hash(slots[i].Key) >> Shift);
            if (((i - home) & mask) >= ((i - hole) & mask))
            {
                slots[hole] = slots[i];
                hole = i;
            }
        }

        slots[hole] = default;
    }

    private ref StateSlot<TKey, TValue> Free(ulong hash)
    {
        var slots = Slots;
        var i = (int)(hash >> Shift);
        while (slots[i].Epoch == Epoch)
        {
            i = (i + 1) & (slots.Length - 1);
        }

        return ref slots[i];
    }

    private void Resize(int slots)
    {
        var old = Slots;
        Allocate(Math.Max(slots, MinSlots));
        foreach (ref var slot in old.AsSpan())
        {
            if (slot.Epoch == Epoch)
            {
                Free(_functor.Hash(slot.Key)) = slot;
            }
        }
    }

    private void Allocate(int slots)
    {
        _account.Slots += slots - Slots.Length;
        Slots = new StateSlot<TKey, TValue>[slots];
        Shift = 64 - BitOperations.Log2((uint)slots);
        _limit = LimitOf(slots);
    }
}
