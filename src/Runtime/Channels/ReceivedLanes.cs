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

    /// <summary>Makes a lane for each channel: none is to run ahead of the others.</summary>
    public void Open() => lanes.Add(names);

    /// <summary>The lane of a batch.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="sent">The lane that the sender named.</param>
    public int Of(int channel, int sent) => _own[channel].Count == 0 ? channel : _own[channel][sent];

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

        lanes.Set(channel, LaneStatus.Ended);
    }

    /// <summary>A channel has become idle or active. Where the sender tells of its lanes, these say so themselves.</summary>
    public void OnIdle(int channel, bool isIdle)
    {
        if (_own[channel].Count == 0 && lanes.StatusOf(channel) != LaneStatus.Ended)
        {
            lanes.Set(channel, isIdle ? LaneStatus.Idle : LaneStatus.Active);
        }
    }

    /// <summary>A channel brings no more records.</summary>
    public void End(int channel)
    {
        lanes.Set(channel, LaneStatus.Ended);
        foreach (var lane in _own[channel])
        {
            lanes.Set(lane, LaneStatus.Ended);
        }
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
