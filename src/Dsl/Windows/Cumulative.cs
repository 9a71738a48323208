namespace Weir;

/// <summary>Windows that grow by steps up to a size and then begin anew: sums of the day so far, each hour.</summary>
/// <remarks>
/// Of one day and hours, the windows are from midnight to one, from midnight to two, and so on to the next midnight (Flink:
/// <c>CUMULATE</c>). A slice is a step.
/// </remarks>
public sealed record Cumulative : AlignedWindows
{
    private readonly TimeLattice _starts;
    private readonly long _shift;

    private Cumulative(long max, long step, long offset)
    {
        (Max, Step, Offset) = (max, step, offset);
        _shift = TimeLattice.ShiftOf(offset, max);
        _starts = new TimeLattice(max, _shift);
    }

    /// <summary>Gets the size of the longest windows in microseconds.</summary>
    public long Max { get; }

    /// <summary>Gets by how much each window is longer than the one before, in microseconds.</summary>
    public long Step { get; }

    /// <summary>Gets the offset in microseconds.</summary>
    public long Offset { get; }

    /// <inheritdoc/>
    public override bool AreDisjoint => Max == Step;

    /// <summary>Windows that grow by steps, aligned to the Unix epoch unless shifted.</summary>
    /// <param name="max">The size of the longest windows: a multiple of the step.</param>
    /// <param name="step">The size of the shortest windows; at least a microsecond.</param>
    /// <param name="offset">Shifts the windows; its absolute value is smaller than the greatest size.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The greatest size or the step is not positive, the one no multiple of the other, or the offset not smaller than the greatest size.
    /// </exception>
    public static Cumulative Of(TimeSpan max, TimeSpan step, TimeSpan offset = default)
    {
        var (maxMicroseconds, stepMicroseconds) = (EventTime.Of(max), EventTime.Of(step));
        var offsetMicroseconds = EventTime.Of(offset);
        if (stepMicroseconds <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "A cumulative window needs a step of at least a microsecond.");
        }

        if (maxMicroseconds <= 0 || maxMicroseconds % stepMicroseconds != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(max), max, $"The greatest size of a cumulative window must be a multiple of its step, {step}.");
        }

        if (Math.Abs(offsetMicroseconds) >= maxMicroseconds)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset), offset, $"The offset of a cumulative window must be smaller than its greatest size, {max}.");
        }

        return new Cumulative(maxMicroseconds, stepMicroseconds, offsetMicroseconds);
    }

    /// <inheritdoc/>
    public override TimeWindow SliceOf(long time)
    {
        var behind = _starts.Behind(time) % Step;
        var slice = TimeLattice.Cut((Int128)time - behind, (Int128)time + (Step - behind));
        return slice.StartTime == long.MaxValue ? SliceOf(time - 1) : slice;
    }

    /// <inheritdoc/>
    public override bool TryFirst(TimeWindow slice, long after, out TimeWindow window)
    {
        var start = (Int128)slice.StartTime - _starts.Behind(slice.StartTime);
        var last = Int128.Max(slice.StartTime, TimeLattice.EndAfter(after));
        var end = start + ((((last - start) / Step) + 1) * Step);
        window = TimeLattice.Cut(start, end);
        return end <= start + Max && window.MaxTime > after;
    }

    /// <inheritdoc/>
    public override bool TryLast(TimeWindow slice, out TimeWindow window)
    {
        var start = (Int128)slice.StartTime - _starts.Behind(slice.StartTime);
        window = TimeLattice.Cut(start, start + Max);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryNext(TimeWindow slice, TimeWindow window, out TimeWindow next)
    {
        var start = (Int128)slice.StartTime - _starts.Behind(slice.StartTime);
        var end = (Int128)window.EndTime + Step;
        next = TimeLattice.Cut(start, end);
        return window.EndTime != long.MaxValue && end <= start + Max;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Described(FormattableString.Invariant($"cumulative up to {Max} us by {Step} us, offset {_shift} us"));
}
