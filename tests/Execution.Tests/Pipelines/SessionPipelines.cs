namespace Weir.Execution.Tests.Pipelines;

/// <summary>Sessions and count windows, in loops of each shape.</summary>
internal static class SessionPipelines
{
    /// <summary>The gap of all sessions.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan Disorder = TimeSpan.FromSeconds(2);

    [Pipeline]
    public static void Sessions(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Sensor)
        .Window(SessionWindow.WithGap(TimeSpan.FromMilliseconds(40)))
        .Aggregate(g => new Summary(
            g.Key,
            g.Window.StartTime,
            $"{g.Window.EndTime} {g.Count()} {g.Sum(r => r.Level)} {g.Min(r => r.Time)} {g.Max(r => r.Level)} "
                + $"{g.Select(r => r.Colour).Distinct().Count()}"))
        .To(sink);

    [Pipeline]
    public static void Ends(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .Where(r => r.Level > -3)
        .WithEventTime(r => r.Time, Disorder)
        .SelectMany(r => new[] { r, r with { Level = r.Level + 1 } })
        .KeyBy(r => new Site(r.Sensor, r.Colour))
        .Window(SessionWindow.WithGap(Gap))
        .Aggregate(g => new Summary(g.Key.Name, g.Window.StartTime, $"{g.Window.EndTime} {g.First().Level} {g.Last().Level} {g.Count()}"))
        .To(sink);

    [Pipeline]
    public static void Folds(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Sensor)
        .Window(SessionWindow.WithGap(Gap))
        .Aggregate(g => new Summary(g.Key, g.Window.StartTime, $"{g.Aggregate(17, (hash, r) => unchecked((hash * 31) + r.Level))}"))
        .To(sink);

    [Pipeline]
    public static void ByHand(Job job, ISource<Reading> source, ISink<Summary> sink)
    {
        var sessions = job.From(source)
            .WithEventTime(r => r.Time, Disorder)
            .KeyBy(r => r.Sensor)
            .Window(SessionWindow.WithGap(Gap))
            .LateTo(out var late)
            .Aggregate(new Levels(), (key, window, levels) => new Summary(key, window.StartTime, $"{window.EndTime} {levels}"));
        sessions.Union(late.Select(r => new Summary(r.Sensor, r.Time, "late"))).To(sink);
    }

    [Pipeline]
    public static void Fours(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .KeyBy(r => r.Sensor)
        .Window(CountWindow.Of(4))
        .Aggregate(g => new Summary(g.Key, 0, $"{g.Count()} {g.Sum(r => r.Level)} {g.First().Time} {g.Last().Time} {g.Min(r => r.Note)}"))
        .To(sink);

    [Pipeline]
    public static void LastFives(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .SelectMany(r => new[] { r, r })
        .KeyBy(r => r.Sensor)
        .Window(CountWindow.Of(5, 2))
        .Aggregate(new Levels(), (key, _, levels) => new Summary(key, 0, levels))
        .To(sink);

    /// <summary>All levels, as a text that does not say their order.</summary>
    internal sealed class Levels : IAggregate<Reading, (int Count, long Sum, int Most), string>
    {
        public (int Count, long Sum, int Most) Create() => (0, 0, int.MinValue);

        public void Add(ref (int Count, long Sum, int Most) accumulator, in Reading record) => accumulator =
            (accumulator.Count + 1, accumulator.Sum + record.Level, Math.Max(accumulator.Most, record.Level));

        public void Merge(ref (int Count, long Sum, int Most) accumulator, in (int Count, long Sum, int Most) other) => accumulator =
            (accumulator.Count + other.Count, accumulator.Sum + other.Sum, Math.Max(accumulator.Most, other.Most));

        public string Result(in (int Count, long Sum, int Most) accumulator) => $"{accumulator}";
    }
}
