namespace Weir.Execution.Tests.Pipelines;

/// <summary>Windows with triggers, lateness and evictors.</summary>
internal static class GeneralWindowPipelines
{
    [Pipeline]
    public static void Triggered(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1))
        .SelectMany(r => new[] { r.Level, r.Level + 1 })
        .KeyBy(level => level % 3)
        .Window(GlobalWindow.Instance)
        .Trigger(Trigger.Count(5).Purging())
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void Late(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var counts = job.From(source)
            .WithEventTime(r => r.Time, TimeSpan.FromDays(1))
            .KeyBy(r => r.Sensor)
            .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
            .AllowLateness(TimeSpan.FromSeconds(1))
            .LateTo(out var late)
            .Aggregate(new LatePipelines.Number(), (key, window, count) => $"{key} {window.StartTime} {count}");
        counts.Union(late.Select(r => $"late {r.Sensor}")).To(sink);
    }

    [Pipeline]
    public static void Evicted(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1))
        .Where(r => r.Level != 3)
        .KeyBy(r => r.Sensor)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Evict(Evictor.Count(2))
        .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()}")
        .To(sink);
}
