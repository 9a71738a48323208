namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>Says to which windows a record belongs, whatever kind they are.</summary>
internal abstract class WindowAssigner<T>
{
    /// <summary>The one of a kind of windows.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The operator's id, for messages.</param>
    public static WindowAssigner<T> Of(AnyWindows kind, string id) => kind switch
    {
        AlignedWindows aligned => new Aligned(aligned, id),
        SessionWindow session => new OfTime(time => [session.Of(time)]),
        SessionWindow<T> session => new OfRecord((record, time) => [session.Of(record, time)]),
        CountWindow or GlobalWindow => new OfTime(static _ => [TimeWindow.All]),
        CustomWindows custom => new OfTime(custom.WindowsOf),
        CustomWindows<T> custom => new OfRecord(custom.WindowsOf),
        _ => throw new NotSupportedException($"Operator '{id}': windows of the kind {kind.GetType().Name} are of no kind that is known."),
    };

    /// <summary>Adds the windows of a record to a list.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Its event time, or the processing time; <see cref="long.MinValue"/> for none.</param>
    /// <param name="windows">The list.</param>
    public abstract void Assign(T record, long time, List<TimeWindow> windows);

    private sealed class Aligned(AlignedWindows kind, string id) : WindowAssigner<T>
    {
        public override void Assign(T record, long time, List<TimeWindow> windows)
        {
            if (time == long.MinValue)
            {
                throw new NoEventTimeException(id, kind);
            }

            var slice = kind.SliceOf(time);
            for (var isThere = kind.TryFirst(slice, out var window); isThere; isThere = kind.TryNext(slice, window, out window))
            {
                windows.Add(window);
            }

            // The latest first, as Flink: whoever counts by key sees them in this order.
            windows.Reverse();
        }
    }

    private sealed class OfTime(Func<long, IEnumerable<TimeWindow>> windowsOf) : WindowAssigner<T>
    {
        public override void Assign(T record, long time, List<TimeWindow> windows) => windows.AddRange(windowsOf(time));
    }

    private sealed class OfRecord(Func<T, long, IEnumerable<TimeWindow>> windowsOf) : WindowAssigner<T>
    {
        public override void Assign(T record, long time, List<TimeWindow> windows) => windows.AddRange(windowsOf(record, time));
    }
}
