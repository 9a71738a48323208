namespace Weir;

/// <summary>Sessions whose gap each record says.</summary>
/// <typeparam name="T">The records.</typeparam>
public sealed record SessionWindow<T> : WindowKind<T>
{
    internal SessionWindow(Func<T, TimeSpan> gap) => Gap = gap;

    /// <summary>Gets the gap of a record.</summary>
    public Func<T, TimeSpan> Gap { get; }

    /// <summary>The session of one record alone.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The window; at the end of the range of time it is cut short rather than wrapped round.</returns>
    /// <exception cref="InvalidOperationException">Its gap is not positive.</exception>
    public TimeWindow Of(T record, long time)
    {
        var gap = Gap(record);
        var microseconds = EventTime.Of(gap);
        return microseconds > 0
            ? TimeWindow.From(time, microseconds)
            : throw new InvalidOperationException(
                $"A session needs a gap of at least a microsecond, but the function given to SessionWindow.WithGap said {gap} for the "
                    + $"record '{record}'. Let it say a positive time for each record, or filter such records before Window.");
    }

    /// <inheritdoc/>
    public override bool AreMerging => true;

    /// <inheritdoc/>
    public override string ToString() => Described("sessions with a gap by record");
}
