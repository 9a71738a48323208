namespace Weir;

/// <summary>Windows that are the same for every key. Time is cut into slices, and each window is a row of whole slices.</summary>
/// <remarks>
/// <para>Records are added to slices, so that windows that share records share their accumulators. Slices do not overlap. A slice is known
/// by its start, a window by its start and its end. Of two windows, the one that ends first does not begin last.</para>
/// <para>What a derived kind leaves alone says that each slice is a window of its own.</para>
/// </remarks>
[Deterministic]
public abstract record AlignedWindows : WindowKind
{
    private protected AlignedWindows()
    {
    }

    /// <summary>Gets a value indicating whether each time is in exactly one window: each slice is a window of its own.</summary>
    public virtual bool AreDisjoint => true;

    /// <summary>The slice that a time belongs to.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>
    /// The slice; at the ends of the range of time it is cut short rather than wrapped round. The last microsecond of all belongs to the
    /// slice that ends with it.
    /// </returns>
    public abstract TimeWindow SliceOf(long time);

    /// <summary>The first window, in order of their ends, that holds a slice.</summary>
    /// <param name="slice">A slice.</param>
    /// <param name="window">The window.</param>
    /// <returns>Whether any window holds it: between windows whose slide is greater than their size there are slices of none.</returns>
    public bool TryFirst(TimeWindow slice, out TimeWindow window) => TryFirst(slice, long.MinValue, out window);

    /// <summary>The first window, in order of their ends, that holds a slice and whose last time is later than a time.</summary>
    /// <remarks>Takes no longer however many windows hold the slice.</remarks>
    /// <param name="slice">A slice.</param>
    /// <param name="after">A watermark, for example: windows whose last time is not later have fired.</param>
    /// <param name="window">The window.</param>
    /// <returns>Whether there is one.</returns>
    public virtual bool TryFirst(TimeWindow slice, long after, out TimeWindow window)
    {
        window = slice;
        return slice.MaxTime > after;
    }

    /// <summary>The last window, in order of their ends, that holds a slice.</summary>
    /// <param name="slice">A slice.</param>
    /// <param name="window">The window: when it has fired, records of the slice are late.</param>
    /// <returns>Whether any window holds it.</returns>
    public virtual bool TryLast(TimeWindow slice, out TimeWindow window)
    {
        window = slice;
        return true;
    }

    /// <summary>The window behind another, in order of their ends, that holds a slice, too.</summary>
    /// <param name="slice">A slice.</param>
    /// <param name="window">A window that holds it.</param>
    /// <param name="next">The next one.</param>
    /// <returns>Whether there is one.</returns>
    public virtual bool TryNext(TimeWindow slice, TimeWindow window, out TimeWindow next)
    {
        next = default;
        return false;
    }
}
