using System.Buffers;
using Weir.Runtime.State;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators;

/// <summary>How panes lie in a checkpoint: for each key group its entries one behind the other, each window start, key, accumulator.</summary>
internal static class PaneSnapshot
{
    /// <summary>Writes the panes of all open windows, sorted by key group.</summary>
    public static void Write<TKey, TAcc>(
        OperatorStateWriter writer,
        List<PaneTable<TKey, TAcc>> open,
        Codec<TKey> keys,
        Codec<TAcc> accumulators,
        int keyGroupCount)
    {
        var groups = new List<(int Table, int Slot)>?[keyGroupCount];
        for (var t = 0; t < open.Count; t++)
        {
            var slots = open[t].Slots;
            for (var s = 0; s < slots.Length; s++)
            {
                if (slots[s].Epoch == open[t].Epoch)
                {
                    (groups[KeyGroups.Of(keys.StableHash(slots[s].Key), keyGroupCount)] ??= []).Add((t, s));
                }
            }
        }

        for (var group = 0; group < keyGroupCount; group++)
        {
            if (groups[group] is { } entries)
            {
                var buffer = new ArrayBufferWriter<byte>(entries.Count * 16);
                var output = new MessagePackWriter(buffer);
                foreach (var (t, s) in entries)
                {
                    ref var slot = ref open[t].Slots[s];
                    output.Write(open[t].Window.StartTime);
                    keys.Write(ref output, slot.Key);
                    accumulators.Write(ref output, slot.Accumulator);
                }

                output.Flush();
                writer.AddKeyGroup(group, buffer.WrittenMemory);
            }
        }
    }

    /// <summary>
    /// The watermark that a restored subtask begins with: the least of those whose key groups it takes over, so that none of their records
    /// is called late that was not.
    /// </summary>
    public static Watermark WatermarkOf(OperatorState state, KeyGroupRange owned)
    {
        var codec = Codecs.Of<(int, int, long)>();
        var least = long.MaxValue;
        var found = false;
        foreach (var item in state.Shared)
        {
            var reader = new MessagePackReader(item.Span);
            var (first, last, watermark) = codec.Read(ref reader);
            if (first <= owned.Last && last >= owned.First)
            {
                least = Math.Min(least, watermark);
                found = true;
            }
        }

        return found ? new Watermark(least) : Watermark.None;
    }
}
