namespace Weir;

/// <summary>Windows of one size, side by side: each record belongs to exactly one.</summary>
/// <remarks>A window starts at <c>time − ((time − offset) mod size)</c>, the modulo never negative (semantics R1).</remarks>
public sealed record Tumbling : AlignedWindows
{
    // The offset from 0 to size − 1, so that no difference leaves the range of time.
    private readonly long _shift;

    private Tumbling(long size, long offset)
    {
        Size = size;
        Offset = offset;
        _shift = TimeLattice.ShiftOf(offset, size);
    }

    /// <summary>Gets the size in microseconds.</summary>
    public long Size { get; }

    /// <summary>Gets the offset in microseconds.</summary>
    public long Offset { get; }

    /// <summary>Windows of a size, aligned to the Unix epoch unless shifted.</summary>
    /// <param name="size">At least a microsecond.</param>
    /// <param name="offset">Shifts the windows; its absolute value is smaller than the size.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive, or the offset not smaller than it.</exception>
    public static Tumbling Of(TimeSpan size, TimeSpan offset = default)
    {
        var sizeMicroseconds = EventTime.Of(size);
        var offsetMicroseconds = EventTime.Of(offset);
        if (sizeMicroseconds <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "A tumbling window needs a size of at least a microsecond.");
        }

        if (Math.Abs(offsetMicroseconds) >= sizeMicroseconds)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset), offset, $"The offset of a tumbling window must be smaller than its size, {size}.");
        }

        return new Tumbling(sizeMicroseconds, offsetMicroseconds);
    }

    /// <summary>The window that a time belongs to.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>The window; at the ends of the range of time it is cut short rather than wrapped round.</returns>
    public TimeWindow Of(long time) => SliceOf(time);

    /// <inheritdoc/>
    public override TimeWindow SliceOf(long time)
    {
        var start = time - new TimeLattice(Size, _shift).Behind(time);
        return start > time ? new TimeWindow(long.MinValue, start + Size)
            : start == long.MaxValue ? SliceOf(time - 1)
            : TimeWindow.From(start, Size);
    }

    /// <inheritdoc/>
    public override string ToString() => Described(FormattableString.Invariant($"tumbling of {Size} us, offset {_shift} us"));
}
