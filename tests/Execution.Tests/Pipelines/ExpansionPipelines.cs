namespace Weir.Execution.Tests.Pipelines;

/// <summary>Chains that make many records of one.</summary>
internal static class ExpansionPipelines
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Pipeline]
    public static void TimedBefore(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, maxDisorder: TimeSpan.FromSeconds(2))
        .SelectMany(r => Enumerable.Repeat(r.Sensor, Math.Abs(r.Level % 5)))
        .Where(name => name.Length > 0)
        .SelectMany(name => name.ToCharArray())
        .KeyBy(letter => letter)
        .Window(Tumbling.Of(Second))
        .Aggregate(g => $"{g.Key} {g.Window} {g.Count()}")
        .SelectMany(line => new List<string> { line, line + "!" })
        .To(sink);

    [Pipeline]
    public static void TimedBehind(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .SelectMany(r => Enumerable.Range(0, 1 + Math.Abs(r.Level % 3)).Select(n => (r.Time, r.Colour, N: n)))
        .WithEventTime(r => r.Time + r.N, maxDisorder: TimeSpan.FromSeconds(2))
        .KeyBy(r => r.Colour)
        .Window(Tumbling.Of(Second))
        .Aggregate(g => $"{g.Key} {g.Window} {g.Sum(r => r.N)}")
        .To(sink);

    [Pipeline]
    public static void Nested(Job job, ISource<int> source, ISink<long> sink) => job
        .From(source)
        .SelectMany(n => Enumerable.Range(0, n))
        .SelectMany(n => n % 3 == 0 ? [] : new[] { n, -n })
        .Where(n => n != 4)
        .SelectMany<int, long>(n => [n, n * 2L, n * 3L])
        .To(sink);

    [Pipeline]
    public static void Counted(Job job, ISource<int> source, ISink<long> sink, Func<int, IEnumerable<long>> expand) => job
        .From(source)
        .SelectMany(expand)
        .Where(n => n >= 0)
        .Rebalance()
        .To(sink);
}
