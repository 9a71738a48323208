namespace Weir.Properties.Tests.Model;

/// <summary>The windows of one time, by definition: nothing here is fast, shared or remembered.</summary>
/// <param name="Kind">The windows as the product knows them.</param>
/// <param name="Of">The windows that hold a time.</param>
/// <param name="Gap">Of sessions: windows that overlap or touch become one. Null for all others.</param>
/// <param name="Step">How far time goes on between records, in microseconds, so that windows hold some and not all.</param>
/// <param name="Origin">Where time begins, more or less.</param>
public sealed record WindowsOf(
    WindowKind Kind, Func<long, IEnumerable<(long Start, long End)>> Of, long? Gap = null, long Step = 8, long Origin = 0)
{
    public override string ToString() => $"{Kind}";

    /// <summary>Each of the starts <c>offset + n · size</c> has a window.</summary>
    public static WindowsOf Tumbling(long size, long offset) =>
        new(Weir.Tumbling.Of(Micros(size), Micros(offset)), time => Holding(time, size, size, offset));

    public static WindowsOf Sliding(long size, long slide, long offset) =>
        new(Weir.Sliding.Of(Micros(size), Micros(slide), Micros(offset)), time => Holding(time, size, slide, offset));

    /// <summary>The greatest window, and all that begin with it and end a whole number of steps later.</summary>
    public static WindowsOf Cumulative(long max, long step, long offset) => new(
        Weir.Cumulative.Of(Micros(max), Micros(step), Micros(offset)),
        time => from whole in Holding(time, max, max, offset)
                from n in Enumerable.Range(1, (int)(max / step))
                where time < whole.Start + (n * step)
                select (whole.Start, whole.Start + (n * step)));

    public static WindowsOf Session(long gap) => new(SessionWindow.WithGap(Micros(gap)), time => [(time, time + gap)], gap);

    /// <summary>All windows <c>[offset + n · slide, … + size)</c> that hold a time, looked for among all that might.</summary>
    private static IEnumerable<(long Start, long End)> Holding(long time, long size, long slide, long offset)
    {
        var first = ((time - size - offset) / slide) - 2;
        var last = ((time - offset) / slide) + 2;
        for (var n = first; n <= last; n++)
        {
            var start = offset + (n * slide);
            if (start <= time && time < start + size)
            {
                yield return (start, start + size);
            }
        }
    }

    private static TimeSpan Micros(long count) => TimeSpan.FromMicroseconds(count);
}
