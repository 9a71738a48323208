namespace Weir;

/// <summary>
/// Sessions: windows of one key that grow with its records, and end where none comes for the time of a gap. Windows that overlap or touch
/// are one (semantics R7).
/// </summary>
/// <remarks>
/// A record alone has the session <c>[time, time + gap)</c>. A record without event time counts as one of the earliest time of all.
/// </remarks>
public sealed record SessionWindow : WindowKind
{
    private SessionWindow(long gap) => Gap = gap;

    /// <summary>Gets the gap in microseconds.</summary>
    public long Gap { get; }

    /// <summary>Sessions with the same gap for all records.</summary>
    /// <param name="gap">At least a microsecond: how long nothing has to come for a session to end.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The gap is not positive.</exception>
    public static SessionWindow WithGap(TimeSpan gap)
    {
        var microseconds = EventTime.Of(gap);
        return microseconds > 0
            ? new SessionWindow(microseconds)
            : throw new ArgumentOutOfRangeException(nameof(gap), gap, "A session needs a gap of at least a microsecond.");
    }

    /// <summary>Sessions whose gap each record says.</summary>
    /// <typeparam name="T">The records: the lambda's parameter says it, as in <c>WithGap((Order order) => order.Patience)</c>.</typeparam>
    /// <param name="gap">The gap of a record; at least a microsecond, otherwise the job fails.</param>
    /// <returns>The windows.</returns>
    public static SessionWindow<T> WithGap<T>([Deterministic] Func<T, TimeSpan> gap)
    {
        ArgumentNullException.ThrowIfNull(gap);
        return new SessionWindow<T>(gap);
    }

    /// <summary>The session of one record alone.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The window; at the end of the range of time it is cut short rather than wrapped round.</returns>
    public TimeWindow Of(long time) => TimeWindow.From(time, Gap);

    /// <inheritdoc/>
    public override bool AreMerging => true;

    /// <inheritdoc/>
    public override string ToString() => Described(FormattableString.Invariant($"sessions with a gap of {Gap} us"));
}
