using System.Runtime.CompilerServices;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>
/// The open windows of one key where windows merge: those that overlap or touch are one (semantics R7). Says under which window the
/// contents of each are kept, so that contents stay where they are when their window grows.
/// </summary>
/// <remarks>
/// Flink's <c>MergingWindowSet</c>, whose cost grows with the number of open windows; here it is the logarithm, and what is absorbed.
/// </remarks>
internal sealed class MergingWindowSet
{
    // By window, the window under which the contents are kept.
    private readonly WindowTree<TimeWindow> _windows = new();

    /// <summary>Gets the number of open windows.</summary>
    public int Count => _windows.Count;

    /// <summary>Adds the window of a record.</summary>
    /// <param name="window">The window; it may be empty.</param>
    /// <returns>The window that holds it from now on, and what has to be merged for that.</returns>
    public MergedWindow Add(TimeWindow window)
    {
        if (!_windows.TryFind(window, out var first))
        {
            _windows.Add(window, window);
            return new MergedWindow(window, window, []);
        }

        if (first.StartTime <= window.StartTime && first.EndTime >= window.EndTime)
        {
            return new MergedWindow(first, _windows.ValueAt(first.StartTime), []);
        }

        var absorbed = new List<(TimeWindow Window, TimeWindow State)>();
        var merged = window;
        while (_windows.TryFind(merged, out var open))
        {
            _windows.Remove(open.StartTime, out var state);
            absorbed.Add((open, state));
            merged = new TimeWindow(Math.Min(merged.StartTime, open.StartTime), Math.Max(merged.EndTime, open.EndTime));
        }

        _windows.Add(merged, absorbed[0].State);
        return new MergedWindow(merged, absorbed[0].State, absorbed);
    }

    /// <summary>The window under which the contents of an open window are kept.</summary>
    /// <param name="window">The window.</param>
    /// <returns>Null if it is not open.</returns>
    public TimeWindow? StateOf(TimeWindow window)
    {
        ref var state = ref _windows.ValueAt(window.StartTime);
        return !Unsafe.IsNullRef(ref state) && _windows.TryFind(window, out var found) && found == window ? state : null;
    }

    /// <summary>Forgets a window: it has been cleaned up, or was late already when it was merged.</summary>
    /// <param name="window">The window.</param>
    /// <returns>Whether it was open.</returns>
    public bool Retire(TimeWindow window) => StateOf(window) is not null && _windows.Remove(window.StartTime, out _);

    /// <summary>Takes up what a checkpoint holds.</summary>
    /// <param name="window">An open window.</param>
    /// <param name="state">The window under which its contents are kept.</param>
    /// <exception cref="InvalidDataException">It overlaps or touches one that is there.</exception>
    public void Restore(TimeWindow window, TimeWindow state)
    {
        if (window.EndTime < window.StartTime || _windows.TryFind(window, out _))
        {
            throw new InvalidDataException($"It holds the window {window} beside one that would have merged with it.");
        }

        _windows.Add(window, state);
    }

    /// <summary>All open windows, the earliest first, and the windows under which their contents are kept.</summary>
    public IEnumerable<(TimeWindow Window, TimeWindow State)> InOrder() => _windows.InOrder();
}
