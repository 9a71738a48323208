namespace Weir.Execution.Tests.Pipelines;

/// <summary>Pipelines with the verbs that keep state by key.</summary>
internal static class KeyedVerbPipelines
{
    [Pipeline]
    public static void Running(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var sensors = job.From(source).KeyBy(r => r.Sensor);
        sensors.Aggregate(g => $"{g.Key} {g.Count()} {g.Sum(r => r.Level)} {g.Max(r => r.Level)}")
            .Union(sensors.Reduce((a, b) => b.Level > a.Level ? b : a).Select(r => $"greatest {r.Sensor} {r.Level}"))
            .To(sink);
    }

    [Pipeline]
    public static void Seen(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var timed = job.From(source).WithEventTime(r => r.Time, TimeSpan.FromHours(1));
        var sensors = timed.KeyBy(r => r.Sensor);
        timed.Select(r => new Place(r.Level, r.Sensor)).Distinct().Select(place => $"{place}")
            .Union(
                sensors.DistinctBy(r => r.Colour).Select(r => $"first {r.Sensor} {r.Colour} {r.Level}"),
                sensors.Deduplicate(TimeSpan.FromMicroseconds(1)).Select(r => $"once {r.Sensor} {r.Time}"))
            .To(sink);
    }

    [Pipeline]
    public static void Behind(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var sensors = job.From(source).KeyBy(r => r.Sensor);
        sensors.Lag((before, now) => $"{now.Sensor} {now.Level - before.Level}")
            .Union(
                sensors.Lag(2).Where(change => change.HasOld).Select(change => $"two {change.New!.Sensor} {change.Old!.Level}"),
                sensors.TopN(2, r => r.Level).Select(change => $"top {change.New!.Sensor} {change.New.Level} {change.Old?.Level}"))
            .To(sink);
    }

    [Pipeline]
    public static void Best(Job job, ISource<Reading> source, ISink<string> sink) => job
        .From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromHours(1))
        .KeyBy(r => r.Sensor)
        .Window(Tumbling.Of(TimeSpan.FromMicroseconds(10)))
        .TopN(2, r => r.Level, (key, window, rank, r) => $"{key} {window.StartTime} {rank} {r.Level}")
        .To(sink);
}
