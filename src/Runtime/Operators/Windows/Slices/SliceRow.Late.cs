using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Slices;

/// <content>What comes to slices after they have been added up.</content>
internal sealed partial class SliceRow<TKey, TAcc, TOut, TFunctor>
{
    /// <summary>Adds what came late to a slice of the row; the slice's own accumulators have it already.</summary>
    /// <param name="slice">The slice; it may be new.</param>
    /// <param name="late">What came.</param>
    public void AddLate(TimeWindow slice, KeyTable<TKey, TAcc> late)
    {
        var place = PlaceOf(slice);
        if (place == _row.Count || _row[place].Slice.StartTime != slice.StartTime)
        {
            _row.Insert(place, new RowSlice<TKey, TAcc>(slice));
            _front += place < _head + _front ? 1 : 0;
        }

        if (!KeepsSums)
        {
            return;
        }

        _flipSlots += late.Count;
        var isInFront = place < _head + _front;
        var kept = isInFront
            ? _row[place].Late ??= new HeapKeyTable<TKey, TAcc, TFunctor>(functor, _account)
            : null;
        SumsOfAll.Reserve(late.Count);
        kept?.Reserve(late.Count);
        for (var chunk = 0; late.Chunk(chunk) is { IsEmpty: false } slots; chunk++)
        {
            foreach (ref var slot in slots)
            {
                if (!late.IsUsed(slot.Epoch))
                {
                    continue;
                }

                var hash = functor.Hash(slot.Key);
                ref var sum = ref SumsOfAll.Find(slot.Key, hash).Value;
                if (kept is null)
                {
                    Add(ref sum.Back, ref sum.HasBack, slot.Value);
                }
                else
                {
                    functor.Merge(ref kept.Find(slot.Key, hash).Value, slot.Value);
                    Add(ref sum.Late, ref sum.HasLate, slot.Value);
                }
            }
        }
    }

    // Adds up anew what came late to slices in front, for one of them has left.
    private void AddUpLate()
    {
        _isLateStale = false;
        var stale = new List<TKey>();
        for (var chunk = 0; SumsOfAll.Chunk(chunk) is { IsEmpty: false } slots; chunk++)
        {
            foreach (ref var slot in slots)
            {
                if (SumsOfAll.IsUsed(slot.Epoch) && slot.Value.HasLate)
                {
                    (slot.Value.Late, slot.Value.HasLate) = (default!, false);
                    stale.Add(slot.Key);
                }
            }
        }

        _lateSlots += SumsOfAll.Count;
        for (var k = _head; k < _head + _front; k++)
        {
            if (_row[k].Late is not { } late)
            {
                continue;
            }

            _lateSlots += late.Count;
            for (var chunk = 0; late.Chunk(chunk) is { IsEmpty: false } slots; chunk++)
            {
                foreach (ref var slot in slots)
                {
                    if (late.IsUsed(slot.Epoch))
                    {
                        ref var sum = ref SumsOfAll.Find(slot.Key, functor.Hash(slot.Key)).Value;
                        Add(ref sum.Late, ref sum.HasLate, slot.Value);
                    }
                }
            }
        }

        foreach (var key in stale)
        {
            var hash = functor.Hash(key);
            if (SumsOfAll.FindExisting(key, hash).Value.IsEmpty)
            {
                SumsOfAll.Remove(key, hash);
            }
        }
    }

    // The place of a slice in the list, or where it would be.
    private int PlaceOf(TimeWindow slice)
    {
        var (low, high) = (_head, _row.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _row[middle].Slice.StartTime < slice.StartTime ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
