using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>The lanes of a gate: one for each channel until its sender tells of its own, then one for each of these.</summary>
/// <param name="lanes">The lanes of the subtask.</param>
/// <param name="names">The names of the channels. A lane that a sender tells of is named by both: two channels may bring the same
/// split.</param>
internal sealed class ReceivedLanes(Lanes lanes, string[] names)
{
    // By channel and number at the sender; empty until the sender has told of any.
    private readonly List<int>[] _own = [.. names.Select(_ => new List<int>())];
    private int _first;

    /// <summary>Makes a lane for each channel: none is to run ahead of the others.</summary>
    public void Open() => _first = lanes.Add(names);

    /// <summary>Appends the lanes of a channel to a checkpoint.</summary>
    public void Write(ref MessagePackWriter writer, int channel)
    {
        writer.WriteArrayHeader(_own[channel].Count + 1);
        WriteLane(ref writer, _first + channel);
        foreach (var lane in _own[channel])
        {
            WriteLane(ref writer, lane);
        }
    }

    /// <summary>Reads back the lanes of a channel: first that of the channel itself.</summary>
    public static IReadOnlyList<(string Name, string Label, LaneStatus Status)> Read(ref MessagePackReader reader)
    {
        var read = new List<(string, string, LaneStatus)>();
        for (var left = reader.ReadArrayHeader(); left > 0; left--)
        {
            reader.ReadArrayOf(3);
            read.Add((reader.ReadString() ?? "", reader.ReadString() ?? "", (LaneStatus)reader.ReadInt32()));
        }

        return read;
    }

    /// <summary>Makes the lanes that a checkpoint holds. Together with all that hold the watermark back.</summary>
    /// <param name="stored">By channel, as they were read.</param>
    public void Restore(IReadOnlyList<IReadOnlyList<(string Name, string Label, LaneStatus Status)>> stored)
    {
        _first = lanes.Add(names);
        var added = lanes.Add(stored.SelectMany(of => of.Skip(1)).Select(lane => (lane.Name, lane.Label)));
        for (var channel = 0; channel < stored.Count; channel++)
        {
            for (var own = 1; own < stored[channel].Count; own++)
            {
                _own[channel].Add(added++);
            }
        }

        for (var channel = 0; channel < stored.Count; channel++)
        {
            for (var own = 0; own < stored[channel].Count; own++)
            {
                lanes.Set(own == 0 ? _first + channel : _own[channel][own - 1], stored[channel][own].Status);
            }
        }
    }

    /// <summary>None of the channels brings anything more.</summary>
    public void End()
    {
        for (var channel = 0; channel < names.Length; channel++)
        {
            End(channel);
        }
    }

    /// <summary>The lane of a batch.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="sent">The lane that the sender named.</param>
    public int Of(int channel, int sent) => _own[channel].Count == 0 ? _first + channel : _own[channel][sent];

    /// <summary>A sender has told of its lanes. What holds the watermark back comes before what lets go of it.</summary>
    public void Take(int channel, LaneNotice notice)
    {
        foreach (var news in notice.Lanes)
        {
            Begin(channel, news);
        }

        foreach (var news in notice.Lanes.OrderBy(news => news.Status is LaneStatus.Idle or LaneStatus.Ended))
        {
            lanes.Set(_own[channel][news.Lane], news.Status);
        }

        lanes.Set(_first + channel, LaneStatus.Ended);
    }

    /// <summary>A channel has become idle or active. Where the sender tells of its lanes, these say so themselves.</summary>
    public void OnIdle(int channel, bool isIdle)
    {
        if (_own[channel].Count == 0 && lanes.StatusOf(_first + channel) != LaneStatus.Ended)
        {
            lanes.Set(_first + channel, isIdle ? LaneStatus.Idle : LaneStatus.Active);
        }
    }

    /// <summary>A channel brings no more records.</summary>
    public void End(int channel)
    {
        lanes.Set(_first + channel, LaneStatus.Ended);
        foreach (var lane in _own[channel])
        {
            lanes.Set(lane, LaneStatus.Ended);
        }
    }

    private void WriteLane(ref MessagePackWriter writer, int lane)
    {
        writer.WriteArrayHeader(3);
        writer.Write(lanes.NameOf(lane));
        writer.Write(lanes.LabelOf(lane));
        writer.Write((int)lanes.StatusOf(lane));
    }

    private void Begin(int channel, LaneNews news)
    {
        var own = _own[channel];
        var name = $"{news.Name} by {names[channel]}";
        if (news.Lane == own.Count)
        {
            own.Add(lanes.Add([(name, news.Label)]));
        }
        else if (news.Begins)
        {
            lanes.Set(own[news.Lane], LaneStatus.Ended);
            lanes.Replace(own[news.Lane], name, news.Label);
        }
        else if (lanes.NameOf(own[news.Lane]) != name)
        {
            lanes.Continue(own[news.Lane], name, news.Label);
        }
    }
}
