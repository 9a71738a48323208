using Weir.Runtime.Streams;

namespace Weir.Runtime.Time;

/// <summary>Combines what lanes have promised into one watermark: the least of those that are waited for. Pure bookkeeping.</summary>
/// <remarks>
/// Flink's WatermarkOutputMultiplexer (semantics E3). A promise may be noted without combining anew: it counts with the next combination.
/// A lane that has not begun promises nothing and so holds all back. Once all lanes are idle the greatest of their promises counts: which
/// of them fell idle last then makes no difference.
/// </remarks>
/// <param name="lanes">The lanes.</param>
/// <param name="silence">Which lanes are silent; null if none ever is.</param>
internal sealed class LaneWatermarks(Lanes lanes, LaneSilence? silence = null)
{
    private readonly List<long> _promised = [];

    /// <summary>Gets the combined watermark.</summary>
    public Watermark Current { get; private set; } = Watermark.None;

    /// <summary>Gets the lane that the combined watermark was taken from; -1 before there is one.</summary>
    public int From { get; private set; } = -1;

    /// <summary>Gets the lane that is being read whose promise is the least; -1 if nothing is waited for, or one that nobody has
    /// begun.</summary>
    public int Holder { get; private set; } = -1;

    /// <summary>
    /// Gets a value indicating whether there are lanes that may speak again, and none of them is waited for. As of the last advance.
    /// </summary>
    public bool IsIdle { get; private set; }

    /// <summary>What a lane has promised, or <see cref="long.MinValue"/>.</summary>
    public long PromisedBy(int lane) => lane < _promised.Count ? _promised[lane] : long.MinValue;

    /// <summary>Notes a promise of a lane. It may be less than an earlier one: then it changes nothing.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="watermark">What it promises.</param>
    /// <returns>Whether it promises more than before.</returns>
    public bool Promise(int lane, long watermark)
    {
        while (_promised.Count <= lane)
        {
            _promised.Add(long.MinValue);
        }

        if (watermark <= _promised[lane])
        {
            return false;
        }

        _promised[lane] = watermark;
        return true;
    }

    /// <summary>Forgets what a lane has promised: another input takes it.</summary>
    public void Forget(int lane)
    {
        if (lane < _promised.Count)
        {
            _promised[lane] = long.MinValue;
        }
    }

    /// <summary>Combines anew; returns whether the watermark has advanced.</summary>
    public bool TryAdvance()
    {
        var (least, leastLane) = (long.MaxValue, -1);
        var (greatest, greatestIdle) = (long.MinValue, -1);
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var status = lanes.StatusOf(lane);
            if (status == LaneStatus.Awaited || IsRead(lane, status))
            {
                if (leastLane < 0 || PromisedBy(lane) < least)
                {
                    (least, leastLane) = (PromisedBy(lane), lane);
                }
            }
            else if (status != LaneStatus.Ended && (greatestIdle < 0 || PromisedBy(lane) > greatest))
            {
                (greatest, greatestIdle) = (PromisedBy(lane), lane);
            }
        }

        Holder = leastLane >= 0 && lanes.StatusOf(leastLane) == LaneStatus.Active ? leastLane : -1;

        // With no lane there is no promise to make: the end of a stream says so itself.
        IsIdle = leastLane < 0 && greatestIdle >= 0;
        return IsIdle ? TryAdvance(greatest, greatestIdle) : leastLane >= 0 && TryAdvance(least, leastLane);
    }

    /// <summary>The least promise of the lanes that are being read and not silent; <see cref="long.MaxValue"/> if there is none.</summary>
    public long LeastRead()
    {
        var least = long.MaxValue;
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            if (IsRead(lane, lanes.StatusOf(lane)))
            {
                least = Math.Min(least, PromisedBy(lane));
            }
        }

        return least;
    }

    private bool TryAdvance(long watermark, int lane)
    {
        if (watermark <= Current.Time)
        {
            return false;
        }

        Current = new Watermark(watermark);
        From = lane;
        return true;
    }

    private bool IsRead(int lane, LaneStatus status) => status == LaneStatus.Active && silence?.IsSilent(lane) != true;
}
