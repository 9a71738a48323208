namespace Weir.Execution.Tests.Pipelines;

/// <summary>Windowed aggregates: every LINQ call that is computed record by record, and keys of every kind.</summary>
internal static class AggregatePipelines
{
    private static readonly TimeSpan Disorder = TimeSpan.FromSeconds(2);
    private static readonly Tumbling Second = Tumbling.Of(TimeSpan.FromSeconds(1));

    [Pipeline]
    public static void Counts(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Sensor)
        .Window(Second)
        .Aggregate(g => new Summary(
            g.Key,
            g.Window.StartTime,
            $"{g.Count()} {g.Count(r => r.Level > 0)} {g.LongCount()} {g.LongCount(r => r.Note == null)} {g.Any()} "
                + $"{g.Any(r => r.Level < -2)} {g.All(r => r.Level < 8)} " +
            $"{g.Where(r => r.Level > 1).Select(r => r.Note).Any()} {g.Select(r => r.Colour).Distinct().Count()} "
                + $"{g.Where(r => r.Note != null).Select(r => r.Note).Distinct().LongCount()}"))
        .To(sink);

    [Pipeline]
    public static void Sums(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Sensor)
        .Window(Second)
        .Aggregate(g => new Summary(
            g.Key,
            g.Window.StartTime,
            $"{g.Sum(r => r.Level)} {g.Sum(r => r.Time)} {g.Sum(r => r.Value)} {g.Sum(r => r.Small)} {g.Sum(r => r.Price)} "
                + $"{g.Sum(r => r.Maybe)} {g.Sum(r => r.Perhaps)} " +
            $"{g.Average(r => r.Level)} {g.Average(r => r.Time)} {g.Average(r => r.Value)} {g.Average(r => r.Small)} "
                + $"{g.Average(r => r.Price)} {g.Average(r => r.Maybe)} {g.Average(r => r.Perhaps)} " +
            $"{g.Where(r => r.Maybe > 0).Sum(r => r.Level)} "
                + $"{(g.Any(r => r.Level > 3) ? g.Where(r => r.Level > 3).Average(r => r.Value) : -1)} {g.Select(r => r.Level * 2).Sum()}"))
        .To(sink);

    [Pipeline]
    public static void Extremes(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Sensor)
        .Window(Second)
        .Aggregate(g => new Summary(
            g.Key,
            g.Window.StartTime,
            $"{g.Min(r => r.Level)} {g.Max(r => r.Level)} {g.Min(r => r.Value)} {g.Max(r => r.Value)} {g.Min(r => r.Small)} "
                + $"{g.Max(r => r.Small)} {g.Min(r => r.Price)} {g.Max(r => r.Price)} " +
            $"{g.Min(r => r.Maybe)} {g.Max(r => r.Maybe)} {g.Min(r => r.Perhaps)} {g.Max(r => r.Perhaps)} {g.Min(r => r.Note)} "
                + $"{g.Max(r => r.Note)} {g.Min(r => r.Colour)} {g.Max(r => r.Colour)} " +
            $"{g.Max(r => DateTime.UnixEpoch.AddTicks(r.Time)):O} {g.Where(r => r.Level > 3).Max(r => r.Note)} "
                + $"{g.Where(r => r.Level > 3).Min(r => r.Maybe)} " +
            $"{g.MinBy(r => r.Level)} {g.MaxBy(r => r.Note)} {g.MaxBy(r => r.Perhaps)} {g.Where(r => r.Level > 3).MinBy(r => r.Value)} "
                + $"{(g.Any(r => r.Level > 3) ? g.Where(r => r.Level > 3).Max(r => r.Value) : 0)}"))
        .To(sink);

    [Pipeline]
    public static void Ends(Job job, ISource<Reading> source, ISink<Summary> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Sensor)
        .Window(Second)
        .Aggregate(g =>
        {
            var level = g.First().Level + g.Last().Level;
            var found = g.FirstOrDefault(r => r.Level > 4) is { } high ? high.Note : "none";
            if (g.Count() > 2)
            {
                level += g.Select(r => r.Level).Last();
            }

            var fold = g.Aggregate(17, (hash, r) => unchecked((hash * 31) + r.Level));
            var text = g.Where(r => r.Note is { Length: > 0 }).Aggregate("", (all, r) => all + r.Note, all => all.Length + ":" + all);
            return new Summary(g.Key, g.Window.StartTime,
                $"{level} {found} {fold} {text} {g.LastOrDefault(r => r.Colour == Colour.Blue)?.Value}");
        })
        .To(sink);

    [Pipeline]
    public static void ByPlace(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .Where(r => r.Level != 3)
        .KeyBy(r => new Place(r.Level % 3, r.Sensor))
        .Window(Second)
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void ByTuple(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => DateTime.UnixEpoch.AddMicroseconds(r.Time), Disorder)
        .KeyBy(r => (r.Colour, Odd: r.Level % 2 != 0))
        .Window(Second)
        .Aggregate(g => $"{g.Key.Colour} {g.Key.Odd} {g.Sum(r => r.Level)}")
        .To(sink);

    [Pipeline]
    public static void BySite(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => DateTimeOffset.UnixEpoch.AddMicroseconds(r.Time), Disorder)
        .KeyBy(r => new Site(r.Sensor, r.Colour))
        .Window(Second)
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void Twice(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Level)
        .Window(Second)
        .Aggregate(new LevelSum(), (key, window, sum) => (Key: key, window.StartTime, Sum: sum)).Id("sums").WithParallelism(2)
        .Where(sum => sum.Key != 0)
        .SelectMany(sum => new[] { sum, sum })
        .KeyBy(sum => sum.StartTime)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(5)))
        .Aggregate(g => new Summary($"{g.Key}", g.Window.StartTime, $"{g.Sum(sum => sum.Sum)} {g.Count()} {g.Max(sum => sum.Key)}"))
        .Select(summary => summary.ToString())
        .To(sink);

    [Pipeline]
    public static void Plain(Job job, ISource<Reading> source, ISink<long> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Sensor)
        .Window(Second)
        .Aggregate(new LevelSum())
        .To(sink);

    [Pipeline]
    public static void Buffered(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .Where(r => r.Level > 0)
        .KeyBy(r => r.Sensor)
        .Window(Second)
        .Aggregate(g => string.Join(",", g.OrderBy(r => r.Level).Select(r => r.Level)))
        .Select(text => text + ".")
        .To(sink);

    [Pipeline]
    public static void Empty(Job job, ISource<Reading> source, ISink<double> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, Disorder)
        .KeyBy(r => r.Sensor)
        .Window(Second)
        .Aggregate(g => g.Where(r => r.Level > int.MaxValue - 1).Average(r => r.Value))
        .To(sink);
}

/// <summary>A hand-written aggregate, sealed so that its calls need no dispatch.</summary>
internal sealed class LevelSum : IAggregate<Reading, LevelSum.Sum, long>
{
    public Sum Create() => default;

    public void Add(ref Sum accumulator, in Reading record) => accumulator.Levels += record.Level;

    public void Merge(ref Sum accumulator, in Sum other) => accumulator.Levels += other.Levels;

    public long Result(in Sum accumulator) => accumulator.Levels;

    internal struct Sum
    {
        public long Levels;
    }
}
