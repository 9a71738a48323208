using System.Globalization;
using Weir.Graph;

namespace Weir.Runtime.Tests.Operators.Windows;

/// <summary>Windowed sums, for scripts: results are <c>key=sum</c>, those of windows that merge <c>key=sum[start,end)</c>.</summary>
internal static class Sums
{
    public static TimeSpan Us(long time) => TimeSpan.FromMicroseconds(time);

    public static KeyedStream<Reading, long> Readings()
    {
        Codecs.Register(new ReadingCodec());
        return new Job("sums").From(new MemorySource<Reading>([])).WithEventTime(_ => 0L, TimeSpan.Zero).KeyBy(record => record.Key);
    }

    public static Stage Of(WindowKind kind, Func<WindowedStream<Reading, long>, WindowedStream<Reading, long>>? with = null) =>
        Of(Readings().Window(kind), with);

    public static Stage Of(
        WindowedStream<Reading, long> windowed, Func<WindowedStream<Reading, long>, WindowedStream<Reading, long>>? with = null) =>
        (with?.Invoke(windowed) ?? windowed)
            .Reduce((sum, record) => sum with { Value = sum.Value + record.Value }, (key, window, sum) => Text(key, window, sum.Value,
                windowed.Windows.Kind.AreMerging))
            .Stage;

    public static string Text(long key, TimeWindow window, long sum, bool isMerging) => isMerging
        ? string.Create(CultureInfo.InvariantCulture, $"{key}={sum}[{window.StartTime},{window.EndTime})")
        : string.Create(CultureInfo.InvariantCulture, $"{key}={sum}");
}
