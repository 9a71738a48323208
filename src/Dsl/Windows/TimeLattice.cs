namespace Weir;

/// <summary>Times that lie a period apart, and arithmetic of times that may leave the range of time on the way.</summary>
/// <param name="period">The period in microseconds; positive.</param>
/// <param name="shift">One of the times, from 0 to below the period.</param>
internal readonly struct TimeLattice(long period, long shift)
{
    /// <summary>The offset that means the same, from 0 to below the period.</summary>
    public static long ShiftOf(long offset, long period) => offset < 0 ? offset + period : offset;

    /// <summary>How far a time is behind the last of these times at or before it.</summary>
    public long Behind(Int128 time)
    {
        var remainder = (long)((time - shift) % period);
        return remainder < 0 ? remainder + period : remainder;
    }

    /// <summary>How far a time is behind the last of these times at or before it.</summary>
    public long Behind(long time)
    {
        // From −2 · period to period, whatever the time: subtracting the shift from the time itself could wrap round.
        var remainder = (time % period) - shift;
        while (remainder < 0)
        {
            remainder += period;
        }

        return remainder;
    }

    /// <summary>The interval between two times, cut short at the ends of the range of time.</summary>
    public static TimeWindow Cut(Int128 start, Int128 end) => new(Cut(start), Cut(end));

    /// <summary>Windows that end later than this have a last time that is later than the one given.</summary>
    public static Int128 EndAfter(long time) => Int128.Min((Int128)time + 1, long.MaxValue - 1);

    private static long Cut(Int128 time) =>
        time < long.MinValue ? long.MinValue : time > long.MaxValue ? long.MaxValue : (long)time;
}
