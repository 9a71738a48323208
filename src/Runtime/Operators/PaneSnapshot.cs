using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators;

/// <summary>The panes of all open windows as they were at a barrier, to be encoded when there is time.</summary>
/// <remarks>
/// In a checkpoint each key group holds its entries one behind the other: window start, key, accumulator. At the barrier the tables are only copied, which is a
/// few milliseconds for a million keys; hashing, sorting by key group and encoding them takes fifty times as long and runs on the work pool. Accumulators
/// that hold references would go on changing under a copy: those are encoded at the barrier.
/// </remarks>
internal sealed class PaneSnapshot<TKey, TAcc>
{
    private readonly Codec<TKey> _keys;
    private readonly Codec<TAcc> _accumulators;
    private readonly (long Start, int Epoch, PaneSlot<TKey, TAcc>[] Slots, int Length)[] _tables;
    private readonly int _panes;

    /// <summary>Takes the tables as they are now.</summary>
    public PaneSnapshot(List<PaneTable<TKey, TAcc>> open, Codec<TKey> keys, Codec<TAcc> accumulators)
    {
        _keys = keys;
        _accumulators = accumulators;
        _panes = open.Sum(table => table.Count);
        _tables = [.. open.Select(table => (table.Window.StartTime, table.Epoch, IsLasting ? Copy(table.Slots) : table.Slots, table.Slots.Length))];
    }

    /// <summary>Gets a value indicating whether what was taken stays as it is while records go on changing the panes.</summary>
    public static bool IsLasting => !RuntimeHelpers.IsReferenceOrContainsReferences<TAcc>();

    /// <summary>Encodes all panes by key group, and gives the copies back. Once.</summary>
    public ImmutableArray<KeyGroupState> Encode(int keyGroupCount)
    {
        var panes = SortedByKeyGroup(keyGroupCount, out var groups);
        var buffer = new ArrayBufferWriter<byte>(Math.Max(_panes * 24, 256));
        var encoded = ImmutableArray.CreateBuilder<KeyGroupState>(groups.Count);
        var bounds = new List<int>(groups.Count);
        var writer = new MessagePackWriter(buffer);
        var next = 0;
        foreach (var (_, count) in groups)
        {
            for (var end = next + count; next < end; next++)
            {
                var (start, _, slots, _) = _tables[panes[next].Table];
                ref var slot = ref slots[panes[next].Slot];
                writer.Write(start);
                _keys.Write(ref writer, slot.Key);
                _accumulators.Write(ref writer, slot.Accumulator);
            }

            writer.Flush();
            bounds.Add(buffer.WrittenCount);
        }

        for (var i = 0; i < groups.Count; i++)
        {
            encoded.Add(new KeyGroupState(groups[i].KeyGroup, buffer.WrittenMemory[(i == 0 ? 0 : bounds[i - 1])..bounds[i]]));
        }

        GiveBack();
        return encoded.MoveToImmutable();
    }

    // A counting sort: key groups are few, panes may be millions.
    private (int Table, int Slot)[] SortedByKeyGroup(int keyGroupCount, out List<(int KeyGroup, int Count)> groups)
    {
        var found = new (int KeyGroup, int Table, int Slot)[_panes];
        var starts = new int[keyGroupCount + 1];
        var count = 0;
        for (var t = 0; t < _tables.Length; t++)
        {
            var (_, epoch, slots, length) = _tables[t];
            for (var s = 0; s < length; s++)
            {
                if (slots[s].Epoch == epoch)
                {
                    var group = KeyGroups.Of(_keys.StableHash(slots[s].Key), keyGroupCount);
                    found[count++] = (group, t, s);
                    starts[group + 1]++;
                }
            }
        }

        groups = [];
        for (var group = 0; group < keyGroupCount; group++)
        {
            if (starts[group + 1] > 0)
            {
                groups.Add((group, starts[group + 1]));
            }

            starts[group + 1] += starts[group];
        }

        var sorted = new (int Table, int Slot)[count];
        foreach (var (group, table, slot) in found.AsSpan(0, count))
        {
            sorted[starts[group]++] = (table, slot);
        }

        return sorted;
    }

    private static PaneSlot<TKey, TAcc>[] Copy(PaneSlot<TKey, TAcc>[] slots)
    {
        var copy = ArrayPool<PaneSlot<TKey, TAcc>>.Shared.Rent(slots.Length);
        slots.CopyTo(copy, 0);
        return copy;
    }

    private void GiveBack()
    {
        if (IsLasting)
        {
            foreach (var (_, _, slots, _) in _tables)
            {
                ArrayPool<PaneSlot<TKey, TAcc>>.Shared.Return(slots, RuntimeHelpers.IsReferenceOrContainsReferences<TKey>());
            }
        }
    }
}
