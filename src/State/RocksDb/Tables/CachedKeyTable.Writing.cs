using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <content>How entries are put aside for a barrier, and how they go to the store and out of the cache.</content>
internal sealed partial class CachedKeyTable<TKey, TNamespace, TValue, TFunctor>
{
    // Where the search for entries to evict goes on, in its own order of slots.
    private int _hand;

    // Entries of epochs up to this one are to be put aside for a barrier, from this slot on; those before it have been. Zero if there are
    // none.
    private int _frozen;
    private int _swept;

    /// <summary>Gets a value indicating whether entries are still to be put aside for a barrier.</summary>
    public bool IsUnswept => _frozen != 0;

    /// <summary>Gets or sets the number that it has in what is put aside, and for which barrier it has it.</summary>
    public (int Barrier, int Name) Place { get; set; }

    public override void Keep(ref StateSlot<TKey, TValue> slot) => PutAside(ref slot);

    /// <summary>
    /// A barrier has come, and moved the clock: what is dirty now is to be swept, and whoever changes an entry from now on puts it aside
    /// before.
    /// </summary>
    public void Freeze()
    {
        _frozen = Epoch - EpochClock.Barrier;
        _swept = 0;
    }

    /// <summary>Has an entry of nothing, for a rehearsal.</summary>
    /// <param name="hasSlot">Whether it is in a slot, as if it had just changed, and not only in a store.</param>
    public void Rehearse(bool hasSlot)
    {
        Restored(1);
        if (hasSlot)
        {
            (Slots[0].Epoch, _held) = (Epoch, 1);
        }
    }

    /// <summary>Puts entries aside for the barrier.</summary>
    /// <param name="portion">About how many slots are looked at.</param>
    /// <returns>How much work it was, in slots that are looked at.</returns>
    public int Sweep(int portion)
    {
        var slots = Slots;
        var work = 0;
        for (; _swept < slots.Length && work < portion; _swept++)
        {
            work += 1 + PutAside(ref slots[_swept]);
        }

        if (_swept == slots.Length)
        {
            _frozen = 0;
        }

        return work;
    }

    /// <summary>Lets entries go that are not needed.</summary>
    /// <remarks>
    /// Two hands go round, one far ahead of the other: the first writes what is dirty, the second takes out what has stayed clean since. So
    /// what is touched in between stays, each entry is written once a round, and at a barrier about half of the entries are clean.
    /// </remarks>
    /// <param name="count">At most how many.</param>
    /// <param name="bytes">How much of what they point to is enough.</param>
    /// <param name="mayWrite">Whether dirty ones may be written.</param>
    /// <returns>How many went, and what they pointed to.</returns>
    public (int Count, long Bytes) Evict(int count, long bytes, bool mayWrite)
    {
        _walk.End();
        _absent.Clear();
        if (bytes == long.MaxValue)
        {
            // A slot is needed here and there. If there are too many bytes, nearly all entries may go.
            count = Math.Min(count, Math.Max(16, _held / 4));
        }

        var slots = Slots;
        var mask = slots.Length - 1;
        var lead = slots.Length / 4 * 3;
        var patience = Math.Min(slots.Length, (4 * count) + 64);
        var (gone, freed) = (0, 0L);
        for (var looked = 0; gone < count && freed < bytes && _held > 0 && looked < 2 * patience; looked++)
        {
            ref var ahead = ref slots[EvictionOrder.SlotOf((_hand + lead) & mask, slots.Length)];
            if (mayWrite && Tags.IsDirty(ahead.Epoch))
            {
                Write(ref ahead);
            }

            var place = EvictionOrder.SlotOf(_hand, slots.Length);
            ref var slot = ref slots[place];
            if (!IsClean(slot.Epoch))
            {
                if (slot.Epoch == Tags.Free || !mayWrite || looked < patience)
                {
                    _hand = (_hand + 1) & mask;
                    continue;
                }

                Write(ref slot);
            }

            // Another may have moved to this place.
            IsComplete = false;
            freed += HasWeight ? _weights[place] : 0;
            Close(place);
            gone++;
        }

        return (gone, freed);
    }

    /// <summary>Gives back slots of which most are empty. They have moved.</summary>
    /// <returns>Whether they have.</returns>
    public bool TryShrink()
    {
        if (Slots.Length <= MinSlots || _held > Slots.Length / 4)
        {
            return false;
        }

        Resize(Slots.Length / 2);
        return true;
    }

    private bool IsClean(int mark) => (mark & 1) != 0 && mark <= _clock.Stored;

    // What a barrier found is put aside before it changes, or moves to where the sweep has been.
    private int PutAside(ref StateSlot<TKey, TValue> slot)
    {
        if (slot.Epoch > _frozen || !Tags.IsDirty(slot.Epoch))
        {
            return 0;
        }

        WeighChanged(ref slot);
        var work = _state.PutAside(this, slot);
        slot.Epoch = Tags.Aside(_frozen);
        IsStored = true;
        return work;
    }

    private void Write(ref StateSlot<TKey, TValue> slot)
    {
        WeighChanged(ref slot);
        _state.WriteEntry(_prefix, slot.Key, slot.Value);
        slot.Epoch = Tags.Clean;
        IsStored = true;
    }

    // Once it counts as written it is not weighed in turn.
    private void WeighChanged(ref StateSlot<TKey, TValue> slot)
    {
        if (MayGrow)
        {
            Weigh(IndexOf(ref slot));
        }
    }
}
