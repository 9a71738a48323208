namespace Weir.Runtime.Time;

/// <summary>What moved the newest watermarks of one clock. Written by its subtask, read by any thread.</summary>
/// <remarks>
/// Whoever calls a record late knows the watermark only: this says which event time and which input made it. A watermark may be some
/// batches old by the time that it is asked for, so that a number of them are kept.
/// </remarks>
internal sealed class WatermarkTrail
{
    private const int Kept = 64;

    private readonly Lock _lock = new();
    private readonly WatermarkMover[] _movers = new WatermarkMover[Kept];
    private long _count;

    /// <summary>The clock has passed on a watermark.</summary>
    public void Add(in WatermarkMover mover)
    {
        lock (_lock)
        {
            _movers[_count++ % Kept] = mover;
        }
    }

    /// <summary>What made a watermark; null if this clock did not, or has forgotten.</summary>
    public WatermarkMover? Find(long watermark)
    {
        lock (_lock)
        {
            for (var number = _count - 1; number >= Math.Max(0, _count - Kept); number--)
            {
                if (_movers[number % Kept] is var mover && mover.Watermark == watermark)
                {
                    return mover;
                }
            }

            return null;
        }
    }
}

/// <summary>What made a watermark.</summary>
/// <param name="Watermark">The watermark.</param>
/// <param name="Time">The event time of the record; null if it was no record but the clock, or is not known any more.</param>
/// <param name="Input">The split or channel that it came from, for people.</param>
internal readonly record struct WatermarkMover(long Watermark, long? Time, string Input);
