namespace Weir;

/// <summary>Windows that are the same for every key. Time is cut into slices, and each window is a row of whole slices.</summary>
/// <remarks>
/// Records are added to slices, so that windows that share records share their accumulators. Slices do not overlap. A slice is known by its
/// start, a window by its start and its end.
/// </remarks>
[Deterministic]
public abstract record AlignedWindows : WindowKind
{
    private protected AlignedWindows()
    {
    }

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
    public abstract bool TryFirst(TimeWindow slice, out TimeWindow window);

    /// <summary>The window behind another, in order of their ends, that holds a slice, too.</summary>
    /// <param name="slice">A slice.</param>
    /// <param name="window">A window that holds it.</param>
    /// <param name="next">The next one.</param>
    /// <returns>Whether there is one.</returns>
    public abstract bool TryNext(TimeWindow slice, TimeWindow window, out TimeWindow next);
}
