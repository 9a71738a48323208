namespace Weir;

/// <summary>An interval of event time, its start included and its end not.</summary>
/// <remarks>A window that ends with the range of time holds its last microsecond, too.</remarks>
/// <param name="StartTime">First microsecond, since the Unix epoch.</param>
/// <param name="EndTime">The microsecond after the last, since the Unix epoch.</param>
public readonly record struct TimeWindow(long StartTime, long EndTime)
{
    /// <summary>Gets the window of all times: that of windows which time does not cut.</summary>
    public static TimeWindow All => new(long.MinValue, long.MaxValue);

    /// <summary>Gets the last microsecond that belongs to the window: the event time of its result.</summary>
    public long MaxTime => EndTime == long.MaxValue ? long.MaxValue : EndTime - 1;

    /// <summary>Gets the start, as UTC.</summary>
    public DateTime Start => EventTime.ToDateTime(StartTime);

    /// <summary>Gets the end, as UTC.</summary>
    public DateTime End => EventTime.ToDateTime(EndTime);

    /// <inheritdoc/>
    public override string ToString() => $"[{Start:O}, {End:O})";

    /// <summary>The window of a length that starts at a time, cut short at the end of the range of time.</summary>
    internal static TimeWindow From(long time, long length) =>
        new(time, time > long.MaxValue - length ? long.MaxValue : time + length);
}
