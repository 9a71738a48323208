namespace Weir;

/// <summary>An interval of event time, its start included and its end not.</summary>
/// <param name="StartTime">First microsecond, since the Unix epoch.</param>
/// <param name="EndTime">The microsecond after the last, since the Unix epoch.</param>
public readonly record struct TimeWindow(long StartTime, long EndTime)
{
    /// <summary>Gets the last microsecond that belongs to the window: the event time of its result.</summary>
    public long MaxTime => EndTime - 1;

    /// <summary>Gets the start, as UTC.</summary>
    public DateTime Start => EventTime.ToDateTime(StartTime);

    /// <summary>Gets the end, as UTC.</summary>
    public DateTime End => EventTime.ToDateTime(EndTime);

    /// <inheritdoc/>
    public override string ToString() => $"[{Start:O}, {End:O})";
}
