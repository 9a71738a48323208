using Weir.Runtime.Streams;

namespace Weir.Runtime.Time;

/// <summary>Combines the watermarks of lanes: the least of those that are waited for, never going back. Pure bookkeeping.</summary>
/// <remarks>
/// Flink's WatermarkOutputMultiplexer (semantics E1, E3). A lane that has not begun promises nothing and so holds all back.
/// </remarks>
/// <param name="lanes">The lanes.</param>
/// <param name="maxDisorder">How far out of order records of one lane may come, in microseconds.</param>
/// <param name="silence">Which lanes are silent; null if none ever is.</param>
internal sealed class LaneWatermarks(Lanes lanes, long maxDisorder, LaneSilence? silence = null)
{
    private readonly List<long> _latest = [];

    /// <summary>Gets the combined watermark.</summary>
    public Watermark Current { get; private set; } = Watermark.None;

    /// <summary>
    /// Gets a value indicating whether there are lanes that may speak again, and none of them is waited for. As of the last advance.
    /// </summary>
    public bool IsIdle { get; private set; }

    /// <summary>The latest event time seen on a lane, or <see cref="long.MinValue"/>.</summary>
    public long LatestOf(int lane) => lane < _latest.Count ? _latest[lane] : long.MinValue;

    /// <summary>Notes the latest event time of a batch.</summary>
    public void Observe(int lane, long latest)
    {
        while (_latest.Count <= lane)
        {
            _latest.Add(long.MinValue);
        }

        _latest[lane] = Math.Max(_latest[lane], latest);
    }

    /// <summary>Forgets what a lane has promised: another input takes it.</summary>
    public void Forget(int lane)
    {
        if (lane < _latest.Count)
        {
            _latest[lane] = long.MinValue;
        }
    }

    /// <summary>Combines anew; returns whether the watermark has advanced.</summary>
    public bool TryAdvance()
    {
        var least = long.MaxValue;
        var waitedFor = 0;
        var idle = 0;
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            var status = lanes.StatusOf(lane);
            if (status == LaneStatus.Awaited || (status == LaneStatus.Active && silence?.IsSilent(lane) != true))
            {
                least = Math.Min(least, WatermarkOf(LatestOf(lane)));
                waitedFor++;
            }
            else if (status != LaneStatus.Ended)
            {
                idle++;
            }
        }

        IsIdle = waitedFor == 0 && idle > 0;

        // With nothing to wait for there is no promise to make: the end of a stream says so itself.
        if (waitedFor == 0 || least <= Current.Time)
        {
            return false;
        }

        Current = new Watermark(least);
        return true;
    }

    private long WatermarkOf(long latest) => latest < long.MinValue + maxDisorder + 1 ? long.MinValue : latest - maxDisorder - 1;
}
