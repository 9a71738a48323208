namespace Weir;

/// <summary>Windows of one size that begin at equal distances: a record belongs to each window that its time is in.</summary>
/// <remarks>
/// <para>Windows start at multiples of the slide, shifted by the offset (semantics R1; Flink: <c>SlidingEventTimeWindows</c>). The size
/// need not be a multiple of the slide. A slide greater than the size leaves times that are in no window.</para>
/// <para>A slice ends wherever a window begins or ends: one a slide if the size is a multiple of it, and two if not.</para>
/// </remarks>
public sealed record Sliding : AlignedWindows
{
    private readonly TimeLattice _starts;

    // Where, behind each start of a window, another one ends.
    private readonly long _rest;
    private readonly long _shift;

    private Sliding(long size, long slide, long offset)
    {
        (Size, Slide, Offset) = (size, slide, offset);
        _shift = TimeLattice.ShiftOf(offset, slide);
        _starts = new TimeLattice(slide, _shift);
        _rest = size % slide;
    }

    /// <summary>Gets the size in microseconds.</summary>
    public long Size { get; }

    /// <summary>Gets the distance from the start of one window to that of the next, in microseconds.</summary>
    public long Slide { get; }

    /// <summary>Gets the offset in microseconds.</summary>
    public long Offset { get; }

    /// <inheritdoc/>
    public override bool AreDisjoint => Size == Slide;

    /// <summary>Windows of a size, one for each slide, aligned to the Unix epoch unless shifted.</summary>
    /// <param name="size">At least a microsecond.</param>
    /// <param name="slide">The distance between windows; at least a microsecond.</param>
    /// <param name="offset">Shifts the windows; its absolute value is smaller than the slide.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The size or slide is not positive, or the offset not smaller than the slide.
    /// </exception>
    public static Sliding Of(TimeSpan size, TimeSpan slide, TimeSpan offset = default)
    {
        var (sizeMicroseconds, slideMicroseconds) = (EventTime.Of(size), EventTime.Of(slide));
        var offsetMicroseconds = EventTime.Of(offset);
        if (sizeMicroseconds <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "A sliding window needs a size of at least a microsecond.");
        }

        if (slideMicroseconds <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(slide), slide, "A sliding window needs a slide of at least a microsecond.");
        }

        if (Math.Abs(offsetMicroseconds) >= slideMicroseconds)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset), offset, $"The offset of a sliding window must be smaller than its slide, {slide}.");
        }

        return new Sliding(sizeMicroseconds, slideMicroseconds, offsetMicroseconds);
    }

    /// <inheritdoc/>
    public override TimeWindow SliceOf(long time)
    {
        var behind = _starts.Behind(time);
        var (from, to) = behind < _rest ? (0, _rest) : (_rest, Slide);
        var slice = TimeLattice.Cut((Int128)time - (behind - from), (Int128)time + (to - behind));
        return slice.StartTime == long.MaxValue ? SliceOf(time - 1) : slice;
    }

    /// <inheritdoc/>
    public override bool TryFirst(TimeWindow slice, long after, out TimeWindow window)
    {
        // No edge is within a slice: the windows that hold its first time hold all of it. They start after what this is.
        var before = Int128.Max(slice.StartTime, TimeLattice.EndAfter(after)) - Size;
        var start = before - _starts.Behind(before) + Slide;
        window = TimeLattice.Cut(start, start + Size);
        return start <= slice.StartTime && window.MaxTime > after;
    }

    /// <inheritdoc/>
    public override bool TryLast(TimeWindow slice, out TimeWindow window)
    {
        var start = (Int128)slice.StartTime - _starts.Behind(slice.StartTime);
        window = TimeLattice.Cut(start, start + Size);
        return start + Size > slice.StartTime;
    }

    /// <inheritdoc/>
    public override bool TryNext(TimeWindow slice, TimeWindow window, out TimeWindow next)
    {
        // One that is cut short at its start is not cut short at its end: no size is that long.
        var start = (window.StartTime == long.MinValue ? (Int128)window.EndTime - Size : window.StartTime) + Slide;
        next = TimeLattice.Cut(start, start + Size);
        return start <= slice.StartTime;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Described(FormattableString.Invariant($"sliding of {Size} us every {Slide} us, offset {_shift} us"));
}
