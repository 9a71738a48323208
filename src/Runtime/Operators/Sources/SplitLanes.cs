using System.Buffers;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Sources;

/// <summary>The lanes of a source: one for each split that is being read, and one for all that come after them.</summary>
/// <param name="id">The operator's id, which the names begin with.</param>
/// <param name="lanes">The lanes of the subtask.</param>
/// <param name="order">The order of the splits.</param>
/// <param name="codec">The splits' codec: a lane is named by its split.</param>
internal sealed class SplitLanes<TSplit>(string id, Lanes lanes, SplitOrder order, Codec<TSplit> codec)
{
    private readonly Stack<int> _free = new();
    private int _toCome = -1;

    // In order of time one split takes over the lane of the one before.
    private int _inherited = -1;

    /// <summary>
    /// Makes the lane of the splits to come, and those of the splits that a checkpoint held. Together: none is to run ahead of the others.
    /// </summary>
    public void Open<T>(IReadOnlyList<OwnedSplit<T, TSplit>> held)
    {
        _toCome = lanes.Add(held.Select(split => (NameOf(split.Split), LabelOf(split.Split)))
            .Prepend(($"{id}/to come", $"the splits of '{id}' that are still to come")));
        for (var i = 0; i < held.Count; i++)
        {
            held[i].Lane = _toCome + 1 + i;
        }
    }

    /// <summary>Gives a split its lane.</summary>
    public int Begin(TSplit split)
    {
        var (name, label) = (NameOf(split), LabelOf(split));
        if (_inherited >= 0)
        {
            var lane = _inherited;
            _inherited = -1;
            lanes.Continue(lane, name, label);
            return lane;
        }

        if (_free.TryPop(out var free))
        {
            lanes.Replace(free, name, label);
            return free;
        }

        return lanes.Add([(name, label)]);
    }

    /// <summary>A split has been read to its end.</summary>
    /// <param name="lane">Its lane.</param>
    /// <param name="isLast">Whether the subtask is reading no other.</param>
    public void End(int lane, bool isLast)
    {
        if (order == SplitOrder.InTimeOrder && isLast)
        {
            _inherited = lane;
            return;
        }

        lanes.Set(lane, LaneStatus.Ended);
        _free.Push(lane);
    }

    /// <summary>Says what the splits to come mean for the watermark.</summary>
    /// <param name="areUnread">Whether there are such that nobody has begun.</param>
    /// <param name="mayAppear">Whether there may be some later.</param>
    /// <param name="isReading">Whether the subtask is reading any split.</param>
    public void Await(bool areUnread, bool mayAppear, bool isReading)
    {
        var isInOrder = order == SplitOrder.InTimeOrder;
        lanes.Set(_toCome, areUnread && !isInOrder ? LaneStatus.Awaited : mayAppear && !areUnread ? LaneStatus.Idle : LaneStatus.Ended);
        if (_inherited >= 0 && !isReading && !areUnread)
        {
            // What it promised stands; while there is nothing after it, nobody waits for it.
            lanes.Set(_inherited, mayAppear ? LaneStatus.Idle : LaneStatus.Ended);
        }
    }

    private string LabelOf(TSplit split) => $"split '{split}' of '{id}'";

    private string NameOf(TSplit split)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        codec.Write(ref writer, split);
        writer.Flush();
        return $"{id}/{Convert.ToBase64String(buffer.WrittenSpan)}";
    }
}
