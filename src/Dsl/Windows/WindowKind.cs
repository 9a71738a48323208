namespace Weir;

/// <summary>
/// How the records of a key are cut into windows: what the one window operator is given. Immutable; its members are functions of their
/// arguments alone.
/// </summary>
/// <remarks>
/// A window is known by its start, and windows do not overlap: <see cref="Of"/> gives the same window for each time that the window covers.
/// <c>ToString</c> describes the windows in full: a checkpoint keeps it, and is refused by a job whose windows differ.
/// </remarks>
[Deterministic]
public abstract record WindowKind
{
    /// <summary>The window that a time belongs to.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    /// <returns>
    /// The window; at the ends of the range of time it is cut short rather than wrapped round. The last microsecond of all belongs to the
    /// window that ends with it.
    /// </returns>
    public abstract TimeWindow Of(long time);
}
