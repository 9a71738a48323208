using System.Numerics;
using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>The hot keys of one namespace, in slots that kernels work on in place; the others are in the store.</summary>
/// <remarks>
/// A key that is looked for in vain comes from the store, unless it is known that the store has none beside these. Nothing goes out while
/// records are worked on: the cache is trimmed between batches. Open addressing with linear probing, as on the heap.
/// </remarks>
internal sealed partial class CachedKeyTable<TKey, TNamespace, TValue, TFunctor> : KeyTable<TKey, TValue>
    where TNamespace : IEquatable<TNamespace>
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    private const int MinSlots = 8;

    private readonly CachedStateTable<TKey, TNamespace, TValue, TFunctor> _state;
    private readonly byte[] _prefix;
    private readonly TFunctor _functor;
    private readonly BarrierClock _clock;
    private int _held;

    /// <summary>Makes an empty table of a namespace that has no keys.</summary>
    public CachedKeyTable(
        CachedStateTable<TKey, TNamespace, TValue, TFunctor> state, byte[] prefix, TFunctor functor, BarrierClock clock)
        : base(clock)
    {
        (_state, _prefix, _functor, _clock, Offset) = (state, prefix, functor, clock, Tags.Ahead);
        _absent = new(functor);
        _state.Account.Tables++;
        Use(Allocate(MinSlots));
    }

    /// <summary>Gets a value indicating whether all keys are here: one that is not here is nowhere.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Gets a value indicating whether the store may have keys of it.</summary>
    public bool IsStored { get; private set; }

    /// <summary>Gets what all of its keys begin with in the store.</summary>
    public byte[] Prefix => _prefix;

    /// <summary>Gets about how many bytes it takes.</summary>
    public long Bytes => SlotBytes + _heapBytes;

    private long SlotBytes => Slots.Length * BytesASlot;

    // Above this it should not be filled, and above that it must not.
    private int FullCount => Slots.Length / 8 * 5;

    private int MostCount => Slots.Length / 8 * 7;

    /// <summary>The store has keys of it.</summary>
    public void Restored(int count) => (Count, IsComplete, IsStored) = (count, false, true);

    public override bool TryReserve(int keys, int portion)
    {
        while (FullCount < keys && _state.Account.MayGrow(SlotBytes))
        {
            Resize(2 * Slots.Length);
        }

        return true;
    }

    public override bool TryEmpty(int portion) => true;

    public override ref StateSlot<TKey, TValue> Find(scoped in TKey key, ulong hash)
    {
        ref var found = ref FindExisting(key, hash);
        if (!Unsafe.IsNullRef(ref found))
        {
            return ref found;
        }

        // Before anything is claimed: it is the user's, and may throw.
        var value = _functor.Create();
        ref var slot = ref Insert(key, hash, value, Epoch);
        Count++;
        return ref slot;
    }

    public override ref StateSlot<TKey, TValue> FindExisting(scoped in TKey key, ulong hash)
    {
        _walk.End();
        ref var slot = ref Probe(key, hash);
        if (slot.Epoch != Tags.Free)
        {
            Touch(ref slot);
            return ref slot;
        }

        if (!IsComplete && !_absent.Has(key, hash) && _state.TryLoad(_prefix, key, out var stored, out var value))
        {
            return ref Insert(stored, hash, value, Epoch);
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

        if (IsStored)
        {
            _state.WriteRemoval(_prefix, found.Key);
        }

        Close(IndexOf(ref found));
        Count--;
        return true;
    }

    /// <summary>Whether a key is here.</summary>
    public bool Holds(in TKey key) => Probe(key, _functor.Hash(key)).Epoch != Tags.Free;

    /// <summary>The table is dropped.</summary>
    public void Leave()
    {
        _walk.End();
        _state.Account.Tables--;
        _state.Account.SlotBytes -= SlotBytes;
        _state.Account.HeapBytes -= _heapBytes;
        (Slots, _weights, _heapBytes) = ([], [], 0);
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
            if (slot.Epoch == Tags.Free || _functor.AreEqual(slot.Key, key))
            {
                return ref slot;
            }
        }
    }

    // An entry is given out, and may be changed from now on.
    private void Touch(ref StateSlot<TKey, TValue> slot)
    {
        if (slot.Epoch == Epoch)
        {
            return;
        }

        PutAside(ref slot);
        slot.Epoch = Epoch;
    }

    private ref StateSlot<TKey, TValue> Insert(scoped in TKey key, ulong hash, scoped in TValue value, int tag)
    {
        _state.Account.Inserted++;
        if (_held + 1 > FullCount)
        {
            MakeRoom();
        }

        _held++;
        var slots = Slots;
        var i = (int)(hash >> Shift);
        while (slots[i].Epoch != Tags.Free)
        {
            i = (i + 1) & (slots.Length - 1);
        }

        ref var slot = ref slots[i];
        (slot.Key, slot.Value, slot.Epoch) = (key, value, tag);
        if (HasWeight)
        {
            _state.WeighSoon(this, i);
        }

        return ref slot;
    }

    private void MakeRoom()
    {
        if (_state.Account.MayGrow(SlotBytes) || _held + 1 > MostCount)
        {
            Resize((_state.Account.IsLastGrowth(SlotBytes) ? 4 : 2) * Slots.Length);
        }
        else
        {
            _state.Account.IsCrowded = true;
        }
    }

    private void Resize(int length)
    {
        _state.WeighNewcomers();
        var (left, weights, bytes) = (Slots, _weights, SlotBytes);
        Use(Allocate(length));
        (_hand, _swept, _weighed) = (0, 0, 0);
        for (var from = 0; from < left.Length; from++)
        {
            ref var slot = ref left[from];
            if (slot.Epoch == Tags.Free)
            {
                continue;
            }

            var i = (int)(_functor.Hash(slot.Key) >> Shift);
            while (Slots[i].Epoch != Tags.Free)
            {
                i = (i + 1) & (Slots.Length - 1);
            }

            Slots[i] = slot;
            if (HasWeight)
            {
                _weights[i] = weights[from];
            }
        }

        _state.Account.SlotBytes -= bytes;
    }

    // Frees a slot, and moves back what stands behind it in its run, so that no probe ends early (Knuth, 6.4, algorithm R).
    private void Close(int hole)
    {
        var slots = Slots;
        var mask = slots.Length - 1;
        SetWeight(hole, 0);
        for (var i = (hole + 1) & mask; slots[i].Epoch != Tags.Free; i = (i + 1) & mask)
        {
            var home = (int)(_functor.Hash(slots[i].Key) >> Shift);
            if (((i - home) & mask) >= ((i - hole) & mask))
            {
                // It may move to where the sweep has been already.
                PutAside(ref slots[i]);
                slots[hole] = slots[i];
                MoveWeight(i, hole);
                hole = i;
            }
        }

        slots[hole] = default;
        _held--;
    }

    private int IndexOf(ref StateSlot<TKey, TValue> slot) =>
        (int)(Unsafe.ByteOffset(ref Slots[0], ref slot) / Unsafe.SizeOf<StateSlot<TKey, TValue>>());

    private StateSlot<TKey, TValue>[] Allocate(int slots)
    {
        _state.Account.SlotBytes += slots * BytesASlot;
        return new StateSlot<TKey, TValue>[slots];
    }

    private void Use(StateSlot<TKey, TValue>[] slots)
    {
        Slots = slots;
        _weights = HasWeight ? new int[slots.Length] : [];
        Shift = 64 - BitOperations.Log2((uint)slots.Length);
    }
}
