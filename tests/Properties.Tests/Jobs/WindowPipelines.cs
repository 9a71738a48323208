namespace Weir.Properties.Tests.Jobs;

/// <summary>The pipelines under test.</summary>
internal static class WindowPipelines
{
    /// <summary>One source and one lane: which records are late is then the same in every run.</summary>
    [Pipeline]
    public static void Late(Job job, ISource<Event> source, ISink<Outcome> sink, LateCase tried)
    {
        var windowed = job.From(source).WithParallelism(1)
            .WithEventTime(e => e.Time, TimeSpan.FromMicroseconds(tried.Disorder)).WithParallelism(1)
            .KeyBy(e => e.Key)
            .Window(tried.Windows.Kind);
        if (tried.Lateness > 0)
        {
            windowed = windowed.AllowLateness(TimeSpan.FromMicroseconds(tried.Lateness));
        }

        if (tried.Firing.Trigger is { } trigger)
        {
            windowed = windowed.Trigger(trigger);
        }

        windowed
            .LateTo(out var late)
            .Aggregate(g => new Outcome(g.Key, g.Window.StartTime, g.Window.EndTime, g.Count(), g.Sum(e => e.Value)))
            .To(sink);
        late.Select(e => new Outcome(e.Key, e.Time, Outcome.LateEnd, 1, e.Value)).To(sink);
    }

    [Pipeline]
    public static void InTime(Job job, ISource<Event> source, ISink<Outcome> sink, WindowKind windows, TimeSpan disorder) => job
        .From(source)
        .WithEventTime(e => e.Time, disorder)
        .KeyBy(e => e.Key)
        .Window(windows)
        .Aggregate(g => new Outcome(g.Key, g.Window.StartTime, g.Window.EndTime, g.Count(), g.Sum(e => e.Value)))
        .To(sink);

    [Pipeline]
    public static void Counted(Job job, ISource<Event> source, ISink<Outcome> sink, CountWindow windows) => job
        .From(source)
        .KeyBy(e => e.Key)
        .Window(windows)
        .Aggregate(g => new Outcome(g.Key, 0, 0, g.Count(), g.Sum(e => e.Value)))
        .To(sink);
}
