namespace Weir.Execution.Tests.Pipelines;

/// <summary>What a window made of its records, or of those that came too late for it.</summary>
public sealed record Counted(bool IsLate, string Key, long Start, int Count);

/// <summary>Windows whose late records go to a stream of their own.</summary>
internal static class LatePipelines
{
    private static readonly Tumbling Second = Tumbling.Of(TimeSpan.FromSeconds(1));

    [Pipeline]
    public static void Recounted(Job job, ISource<Reading> source, ISink<Counted> sink)
    {
        var counts = job.From(source)
            .WithEventTime(r => r.Time, TimeSpan.Zero)
            .KeyBy(r => r.Sensor)
            .Window(Second)
            .LateTo(out var late)
            .Aggregate(g => new Counted(false, g.Key, g.Window.StartTime, g.Count()));
        var recounted = late
            .Where(r => r.Level != int.MinValue)
            .WithEventTime(r => r.Time, TimeSpan.FromDays(1))
            .KeyBy(r => r.Sensor)
            .Window(Second)
            .Aggregate(g => new Counted(true, g.Key, g.Window.StartTime, g.Count()));
        counts.Union(recounted).To(sink);
    }

    [Pipeline]
    public static void Named(Job job, ISource<Reading> source, ISink<Counted> sink)
    {
        var windowed = job.From(source)
            .WithEventTime(r => r.Time, TimeSpan.Zero)
            .SelectMany(r => new[] { r })
            .KeyBy(r => new Site(r.Sensor, r.Colour))
            .Window(Second)
            .LateTo(out var late);
        var behind = late.Select(r => new Counted(true, r.Sensor, r.Time - (((r.Time % 1_000_000) + 1_000_000) % 1_000_000), 1));
        windowed
            .Aggregate(new Number(), (key, window, count) => new Counted(false, key.Name, window.StartTime, count))
            .Union(behind)
            .To(sink);
    }

    public sealed class Number : IAggregate<Reading, int, int>
    {
        public int Create() => 0;

        public void Add(ref int accumulator, in Reading record) => accumulator++;

        public void Merge(ref int accumulator, in int other) => accumulator += other;

        public int Result(in int accumulator) => accumulator;
    }
}
