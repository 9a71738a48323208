namespace Weir;

/// <summary>The clocks of a place: which day they show, and when a day begins.</summary>
/// <remarks>
/// Asks the time zone only what its clocks show at a moment of UTC, which has one answer always. What a local time means has none or two
/// where clocks are set.
/// </remarks>
/// <param name="zone">The place. Beyond the range of <see cref="DateTime"/> its clocks are as at the ends of it.</param>
internal readonly struct LocalClock(TimeZoneInfo zone)
{
    private const long Hour = 3600 * EventTime.Second;
    private const long Day = 24 * Hour;

    // No place is further from UTC than 14 hours, and a place that changes sides of the date line jumps by a day.
    private const long Reach = 26 * Hour;

    // Clocks are not set twice within.
    private const long Probe = 4 * Hour;

    /// <summary>The day that clocks show, in days since the Unix epoch.</summary>
    public long DayOf(long time)
    {
        var local = (Int128)time + OffsetAt(time);
        return (long)((local - (((local % Day) + Day) % Day)) / Day);
    }

    /// <summary>The first moment at which clocks show a day or a later one; cut short at the ends of the range of time.</summary>
    public long BeginOf(long day)
    {
        var midnight = (Int128)day * Day;
        if (midnight - Reach <= long.MinValue)
        {
            return long.MinValue;
        }

        if (midnight + Reach >= long.MaxValue)
        {
            var late = midnight - OffsetAt(long.MaxValue);
            return late > long.MaxValue ? long.MaxValue : (long)late;
        }

        return BeginNear((long)midnight);
    }

    private long BeginNear(long midnight)
    {
        var from = midnight - Reach;
        var offset = OffsetAt(from);
        while (true)
        {
            var to = from + Probe;
            var next = OffsetAt(to);
            var change = next == offset ? to : ChangeBetween(from, to);
            if (midnight - offset < change)
            {
                return midnight - offset;
            }

            // What clocks were set over begins when they were set.
            if (next != offset && midnight - next < to)
            {
                return Math.Max(change, midnight - next);
            }

            (from, offset) = (to, next);
        }
    }

    // The first moment after which clocks show what they show at the end.
    private long ChangeBetween(long from, long to)
    {
        var offset = OffsetAt(to);
        while (to - from > 1)
        {
            var middle = from + ((to - from) / 2);
            if (OffsetAt(middle) == offset)
            {
                to = middle;
            }
            else
            {
                from = middle;
            }
        }

        return to;
    }

    private long OffsetAt(long time) => EventTime.Of(zone.GetUtcOffset(EventTime.ToDateTime(time)));
}
