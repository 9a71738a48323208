using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <content>How entries go to the store: those of a barrier, and those that are evicted.</content>
internal sealed partial class CachedKeyTable<TKey, TNamespace, TValue, TFunctor>
{
    // Where the search for entries to evict goes on.
    private int _hand;

    // How many slots are clean.
    private int _clean;

    // Entries of epochs up to this one are to be written for a barrier, from this slot on; those before it have been.
    private int _frozen;
    private int _swept;

    // What an entry points to, on average, in bytes.
    private double _heapBytes;

    /// <summary>Gets a value indicating whether entries are still to be written for a barrier.</summary>
    public bool IsUnswept => _frozen != 0;

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

    /// <summary>Writes entries for the barrier.</summary>
    /// <param name="portion">At most how many slots are looked at.</param>
    /// <returns>How many were looked at; fewer than the portion if all have been written.</returns>
    public int Sweep(int portion)
    {
        var end = (int)Math.Min(Slots.Length, (long)_swept + portion);
        var begin = _swept;
        for (; _swept < end; _swept++)
        {
            ref var slot = ref Slots[_swept];
            if (slot.Epoch != Tags.Free)
            {
                PutAside(ref slot);
            }
        }

        if (_swept == Slots.Length)
        {
            _frozen = 0;
        }

        return end - begin;
    }

    /// <summary>Lets entries go that are not needed: clean ones first, then any.</summary>
    /// <param name="count">At most how many.</param>
    /// <param name="mayWrite">Whether dirty ones may be written.</param>
    /// <returns>How many.</returns>
    public int Evict(int count, bool mayWrite)
    {
        _walk.End();
        count = Math.Min(count, Math.Max(16, _held / 4));
        var gone = 0;
        var patience = Math.Min(Slots.Length, (8 * count) + 64);
        for (var looked = 0; gone < count && _held > 0 && looked < 2 * patience; looked++)
        {
            ref var slot = ref Slots[_hand];
            if (slot.Epoch == Tags.Free || !(slot.Epoch == Tags.Clean || (mayWrite && (_clean == 0 || looked >= patience))))
            {
                _hand = (_hand + 1) & (Slots.Length - 1);
                continue;
            }

            if (slot.Epoch != Tags.Clean)
            {
                Write(ref slot);
            }

            // Another may have moved to this place.
            IsComplete = false;
            Close(_hand);
            gone++;
        }

        return gone;
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

    // What a barrier found is written before it changes, or moves to where the sweep has been.
    private void PutAside(ref StateSlot<TKey, TValue> slot)
    {
        if (slot.Epoch >= Tags.FirstEpoch && slot.Epoch <= _frozen)
        {
            Write(ref slot);
        }
    }

    private void Write(ref StateSlot<TKey, TValue> slot)
    {
        _state.WriteEntry(_prefix, slot.Key, slot.Value);
        slot.Epoch = Tags.Clean;
        _clean++;
        IsStored = true;
    }
}
