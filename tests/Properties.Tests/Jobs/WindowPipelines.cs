namespace Weir.Properties.Tests.Jobs;

/// <summary>The pipelines under test.</summary>
internal static class WindowPipelines
{
    [Pipeline]
    public static void Late(Job job, ISource<Event> source, ISink<Outcome> sink, WindowKind windows, TimeSpan disorder)
    {
        // One source and one lane: which records are late is then the same in every run.
        job.From(source).WithParallelism(1)
            .WithEventTime(e => e.Time, disorder).WithParallelism(1)
            .KeyBy(e => e.Key)
            .Window(windows)
            .LateTo(out var late)
            .Aggregate(g => new Outcome(g.Key, g.Window.StartTime, g.Window.EndTime, g.Count(), g.Sum(e => e.Value)))
            .To(sink);
        late.Select(e => new Outcome(e.Key, e.Time, Outcome.LateEnd, 1, e.Value)).To(sink);
    }
}
