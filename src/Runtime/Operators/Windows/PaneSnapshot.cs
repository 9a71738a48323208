using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Weir.Runtime.State;

namespace Weir.Runtime.Operators.Windows;

/// <summary>The panes of all open windows as they were at a barrier, to be encoded when there is time.</summary>
/// <remarks>
/// In a checkpoint each key group holds its entries one behind the other: window start, key, accumulator. At the barrier the tables are only copied, which is a
/// few milliseconds for a million keys; hashing and encoding them takes many times as long and runs on the work pool. Accumulators
/// that hold references would go on changing under a copy: those are encoded at the barrier.
/// </remarks>
internal sealed class PaneSnapshot<TKey, TAcc>
{
    // A first guess at a buffer's size, from a start, a number and a small accumulator; buffers grow.
    private const int ExpectedPaneBytes = 40;

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
        // A buffer for each group, so that the tables are walked once and in order: sorted by group they would be a cache miss a pane.
        var groups = new ArrayBufferWriter<byte>?[keyGroupCount];
        var expectedBytes = Math.Max(_panes / keyGroupCount * ExpectedPaneBytes, 256);
        foreach (var (start, epoch, slots, length) in _tables)
        {
            foreach (ref var slot in slots.AsSpan(0, length))
            {
                if (slot.Epoch == epoch)
                {
                    var group = KeyGroups.Of(_keys.StableHash(slot.Key), keyGroupCount);
                    var writer = new MessagePackWriter(groups[group] ??= new ArrayBufferWriter<byte>(expectedBytes));
                    writer.Write(start);
                    _keys.Write(ref writer, slot.Key);
                    _accumulators.Write(ref writer, slot.Accumulator);
                    writer.Flush();
                }
            }
        }

        GiveBack();
        return [.. groups.Index().Where(group => group.Item is not null).Select(group => new KeyGroupState(group.Index, group.Item!.WrittenMemory))];
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
