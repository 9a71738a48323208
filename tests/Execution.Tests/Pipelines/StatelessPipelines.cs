namespace Weir.Execution.Tests.Pipelines;

/// <summary>Chains without state.</summary>
internal static class StatelessPipelines
{
    private static readonly double Limit = 10;

    internal static int Half(int number) => number / 2;

    [Pipeline]
    public static void Inlined(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .Where(r => r.Level > 3 && r.Note is not null)
        .Select(r => (r.Sensor, Half: Half(r.Level), r.Note))
        .Where(pair => pair.Half % 2 == 0)
        .Select(pair => $"{pair.Sensor}/{pair.Half:D3}/{nameof(pair.Half)}/{Math.Abs(pair.Half)}/{pair.Note!.Length switch { 0 => "none", _ => "some" }}")
        .To(sink);

    [Pipeline]
    public static void Anonymous(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .Select(r => new { r.Sensor, Twice = r.Level * 2, r })
        .Where(x => x.Twice > 4)
        .Select(x => new { x.Sensor, x.r.Colour })
        .Select(x => x.Sensor + x.Colour)
        .To(sink);

    [Pipeline]
    public static void Captured(Job job, ISource<Reading> source, ISink<string> sink, int least)
    {
        const int Most = 100;
        var offset = least * 2;
        job.From(source)
            .Where(r => r.Level > least)
            .Where(r => r.Level < Most && r.Value < Limit)
            .Select(r => r.Level + offset)
            .Select(Half)
            .Select(level => { var text = level.ToString(System.Globalization.CultureInfo.InvariantCulture); return text + "!"; })
            .To(sink);
    }

    [Pipeline]
    public static void Unfolded(Job job, ISource<Reading> source, ISink<long> sink) => job
        .From(source)
        .SelectMany(r => Enumerable.Range(0, Math.Abs(r.Level) % 4))
        .Where(n => n != 1)
        .SelectMany(n => new[] { n, n + 10 })
        .SelectMany<int, long>(n => [n, -n])
        .To(sink);

    [Pipeline]
    public static void Filtered(Job job, ISource<Reading> source, ISink<int> sink) => job
        .From(source)
        .Select(r => r.Level)
        .Where(level => level % 3 == 0)
        .Where(level => level != 6)
        .To(sink);

    [Pipeline]
    public static void FilteredInTime(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(2))
        .Select(r => (r.Colour, r.Level))
        .Where(pair => pair.Level > 2).WithParallelism(1)
        .KeyBy(pair => pair.Colour)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => $"{g.Key} {g.Window} {g.Sum(pair => pair.Level)}")
        .To(sink);

    [Pipeline]
    public static void Branched(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var readings = job.From(source).Where(r => r.Level != 0);
        var low = readings.Where(r => r.Level < 0).Select(r => "low " + r.Sensor);
        var high = readings.Where(r => r.Level is var level && level > 0)
            .Select(r => r is { Note: { Length: > 2 } note } ? note : "high " + r.Level).Rebalance();
        low.Union(high).Where(text => text.Length > 0).WithParallelism(2).Select(text => text.ToUpperInvariant()).To(sink).Id("out");
    }
}
