using Weir.Bench.Baselines;

namespace Weir.Bench;

/// <summary>One result of W2.</summary>
internal readonly record struct WindowSum(long Key, long End, int Count, double Sum);

/// <summary>The workloads as a user would write them.</summary>
internal static class Pipelines
{
    [Pipeline]
    public static void W1(Job job, ISource<Event> source, ISink<double> sink) => job
        .From(source)
        .Where(e => e.Value > 0.1)
        .Select(e => e.Value * 1.1)
        .Where(v => v < 1.0)
        .To(sink);

    [Pipeline]
    public static void W2(Job job, ISource<Event> source, ISink<WindowSum> sink) => job
        .From(source)
        .WithEventTime(e => e.Timestamp, maxDisorder: TimeSpan.FromMicroseconds(Gen.Disorder - 1))
        .KeyBy(e => e.Key)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => new WindowSum(g.Key, g.Window.EndTime, g.Count(), g.Sum(e => e.Value)))
        .To(sink);

    [Pipeline]
    public static void Wandering(Job job, ISource<Event> source, ISink<WindowSum> sink) => job
        .From(source)
        .WithEventTime(e => e.Timestamp, maxDisorder: TimeSpan.FromDays(1))
        .KeyBy(e => e.Key)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => new WindowSum(g.Key, g.Window.EndTime, g.Count(), g.Sum(e => e.Value)))
        .To(sink);

    [Pipeline]
    public static void W3(Job job, ISource<Event> source, ISink<WindowSum> sink, WindowKind windows, TimeSpan disorder) => job
        .From(source)
        .WithEventTime(e => e.Timestamp, disorder)
        .KeyBy(e => e.Key)
        .Window(windows)
        .Aggregate(g => new WindowSum(g.Key, g.Window.EndTime, g.Count(), g.Sum(e => e.Value)))
        .To(sink);

    [Pipeline]
    public static void W4(Job job, ISource<Event> source, ISink<WindowSum> sink, TimeSpan disorder) => job
        .From(source)
        .WithEventTime(e => e.Timestamp, disorder)
        .KeyBy(e => e.Key)
        .Window(SessionWindow.WithGap(TimeSpan.FromSeconds(1)))
        .Aggregate(g => new WindowSum(g.Key, g.Window.EndTime, g.Count(), g.Sum(e => e.Value)))
        .To(sink);

    [Pipeline]
    public static void Running(Job job, ISource<Event> source, ISink<double> sink) => job
        .From(source)
        .KeyBy(e => e.Key)
        .Aggregate(g => g.Sum(e => e.Value))
        .To(sink);

    [Pipeline]
    public static void Counts(Job job, ISource<Event> source, ISink<WindowSum> sink, int count) => job
        .From(source)
        .KeyBy(e => e.Key)
        .Window(CountWindow.Of(count))
        .Aggregate(g => new WindowSum(g.Key, 0, g.Count(), g.Sum(e => e.Value)))
        .To(sink);
}
