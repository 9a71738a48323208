using System.Runtime.CompilerServices;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Handles;

/// <summary>Cleans up what has expired in one state, a portion at a time.</summary>
internal abstract class StateSweep
{
    /// <summary>Looks at a portion of the state, and takes out what has expired.</summary>
    /// <param name="now">The processing time.</param>
    public abstract void Step(long now);
}

/// <summary>Cleans up a table.</summary>
/// <remarks>
/// It goes round and round the slots. Keys that move meanwhile may be passed over; the next round finds them. The work of a step is bounded
/// by the slots that it looks at and by the keys that it takes out; a list or map of a key counts as one. Chunks behind the first are of a
/// store, and short: each is looked at as a whole, so that the next step goes on behind it whatever is looked for between.
/// </remarks>
/// <param name="table">The table.</param>
/// <param name="keys">Hashes keys, as the table does.</param>
/// <param name="kept">What is left of a value; see <see cref="EntryKept{TValue}"/>.</param>
internal sealed class TableSweep<TKey, TValue>(KeyTable<TKey, TValue> table, Func<TKey, ulong> keys, Func<long, EntryKept<TValue>> kept)
    : StateSweep
{
    /// <summary>The slots that a step looks at: some microseconds.</summary>
    public const int SlotsAStep = 2048;

    /// <summary>The keys that a step takes out, or takes items out of.</summary>
    public const int KeysAStep = 256;

    // What a slot costs that is read from a store, in slots.
    private const int CostOfRead = 8;

    private readonly List<TKey> _over = new(KeysAStep);
    private int _chunk;
    private int _next;

    public override void Step(long now)
    {
        if (table.Count == 0)
        {
            return;
        }

        var isKept = kept(now);
        for (var left = SlotsAStep; left > 0 && _over.Count < KeysAStep;)
        {
            var chunk = table.Chunk(_chunk);
            if (_chunk > 0)
            {
                // As a whole: entries that are taken out of a store leave no gaps, by which a place in the chunk would be found again.
                left -= CostOfRead * Look(chunk, int.MaxValue, isKept);
                _next = chunk.Length;
            }
            else if (_next < chunk.Length)
            {
                left -= Look(chunk[_next..Math.Min(chunk.Length, _next + left)], KeysAStep, isKept);
                continue;
            }

            // From the last chunk back to the first, which ends the step: it may have been all of a small table.
            _next = 0;
            _chunk = chunk.Length == 0 ? 0 : _chunk + 1;
            left = _chunk == 0 ? 0 : left;
        }

        // Slots may move from here on.
        foreach (var key in _over)
        {
            CleanUp(key, isKept);
        }

        _over.Clear();
    }

    private int Look(Span<StateSlot<TKey, TValue>> slots, int most, EntryKept<TValue> isKept)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (_over.Count == most)
            {
                return i;
            }

            _next++;
            ref readonly var slot = ref slots[i];
            if (table.IsInUse(slot))
            {
                var value = slot.Value;
                if (!isKept(ref value) || IsOther(value, slot.Value))
                {
                    _over.Add(slot.Key);
                }
            }
        }

        return slots.Length;
    }

    // Lists and maps of which something is left are others, made of what is left.
    private static bool IsOther(in TValue left, in TValue was) =>
        !typeof(TValue).IsValueType && !ReferenceEquals(left, was);

    private void CleanUp(TKey key, EntryKept<TValue> isKept)
    {
        var hash = keys(key);
        ref var slot = ref table.FindExisting(key, hash);
        if (Unsafe.IsNullRef(ref slot))
        {
            return;
        }

        var value = slot.Value;
        if (!isKept(ref value))
        {
            table.Remove(key, hash);
        }
        else if (IsOther(value, slot.Value))
        {
            table.Find(key, hash).Value = value;
        }
    }
}
