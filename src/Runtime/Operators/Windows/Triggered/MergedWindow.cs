namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>What became of a window that was added to a <see cref="MergingWindowSet"/>.</summary>
/// <param name="Window">The window that holds it now.</param>
/// <param name="State">The window under which the contents of that are kept.</param>
/// <param name="Absorbed">
/// The windows that were open before and are no more, the earliest first, each with the window under which its contents are kept. The
/// contents of the first are those of the merged window; those of the others have to be merged into them, in this order. Empty if nothing
/// merged.
/// </param>
internal readonly record struct MergedWindow(
    TimeWindow Window, TimeWindow State, IReadOnlyList<(TimeWindow Window, TimeWindow State)> Absorbed);
