using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>
/// Tells the receivers of an edge of the sender's lanes, so that event times assigned behind it are still those of splits.
/// </summary>
/// <remarks>
/// Without that a channel would be one lane: two splits that a subtask reads one after the other, or side by side, would be out of order on
/// it by more than any of them is, and records would be late that are not.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed class SentLanes<T>
{
    private readonly Lanes _lanes;
    private readonly Broadcast<T> _all;
    private readonly List<(string Name, LaneStatus Status)?> _sent = [];

    /// <summary>Watches lanes, which nobody has been told of yet.</summary>
    /// <param name="lanes">The sender's.</param>
    /// <param name="all">Its channels.</param>
    public SentLanes(Lanes lanes, Broadcast<T> all)
    {
        _lanes = lanes;
        _all = all;
        lanes.Replaced += lane => _sent[lane] = null;
        lanes.Changed += Send;
    }

    private void Send()
    {
        List<LaneNews>? news = null;
        for (var lane = 0; lane < _lanes.Count; lane++)
        {
            if (_sent.Count == lane)
            {
                _sent.Add(null);
            }

            var now = (Name: _lanes.NameOf(lane), Status: _lanes.StatusOf(lane));
            if (_sent[lane] != now)
            {
                (news ??= []).Add(new LaneNews(lane, now.Name, _lanes.LabelOf(lane), now.Status, _sent[lane] is null));
                _sent[lane] = now;
            }
        }

        if (news is not null)
        {
            _all.Send(StreamElement<T>.Of(new LaneNotice(news)));
        }
    }
}
