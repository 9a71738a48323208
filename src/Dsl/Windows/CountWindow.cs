namespace Weir;

/// <summary>Windows of so many records of a key, in order of arrival. Needs no event times.</summary>
/// <remarks>
/// <para>A window fires with the record that completes it. What is incomplete at the end of the stream gives no result: there are too few
/// records for it.</para>
/// <para>As in Flink, the window that functions see is <see cref="TimeWindow.All"/>, and the event time of results is its last
/// microsecond, the greatest time there is: call <c>WithEventTime</c> anew before windows of event time behind it.</para>
/// </remarks>
public sealed record CountWindow : WindowKind
{
    private CountWindow(long size, long slide) => (Size, Slide) = (size, slide);

    /// <summary>Gets the most records of a window.</summary>
    public long Size { get; }

    /// <summary>Gets after how many records a window fires.</summary>
    public long Slide { get; }

    /// <summary>Gets a value indicating whether each record belongs to one window: windows lie side by side.</summary>
    public bool IsTumbling { get; private init; }

    /// <inheritdoc/>
    public override bool NeedsEventTime => false;

    /// <summary>Windows of a number of records, side by side.</summary>
    /// <param name="size">At least one.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size is not positive.</exception>
    public static CountWindow Of(long size) => size > 0
        ? new CountWindow(size, size) { IsTumbling = true }
        : throw new ArgumentOutOfRangeException(nameof(size), size, "A count window needs a size of at least one record.");

    /// <summary>The last records of a key, again after each number of them. The first windows hold fewer than the others.</summary>
    /// <param name="size">How many records a window holds at most; at least one.</param>
    /// <param name="slide">After how many records it fires; at least one. Greater than the size, it leaves records out.</param>
    /// <returns>The windows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size or the slide is not positive.</exception>
    public static CountWindow Of(long size, long slide) =>
        size <= 0 ? throw new ArgumentOutOfRangeException(nameof(size), size, "A count window needs a size of at least one record.")
        : slide <= 0 ? throw new ArgumentOutOfRangeException(nameof(slide), slide, "A count window needs a slide of at least one record.")
        : new CountWindow(size, slide);

    /// <inheritdoc/>
    public override string ToString() => IsTumbling
        ? FormattableString.Invariant($"count of {Size}")
        : FormattableString.Invariant($"count of {Size}, every {Slide}");
}
