namespace Weir.Execution.Tests.Pipelines;

/// <summary>One aggregate over windows of every form, said in every way that C# has for it.</summary>
internal static class WindowPipelines
{
    private static readonly Sliding Slides = Sliding.Of(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(300));

    private static SessionWindow Sessions => SessionWindow.WithGap(TimeSpan.FromMilliseconds(200));

    [Pipeline]
    public static void Session(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1))
        .Where(r => r.Level != 3)
        .KeyBy(r => r.Sensor)
        .Window(Sessions)
        .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Window.EndTime} {g.Count()} {g.Max(r => r.Level)}")
        .To(sink);

    [Pipeline]
    public static void Slide(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1))
        .Where(r => r.Level != 3)
        .KeyBy(r => r.Colour)
        .Window(Slides)
        .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()} {g.Sum(r => (long)r.Level)} "
            + $"{g.Select(r => r.Note).Distinct().Count()} {g.Max(r => r.Level)}")
        .To(sink);

    [Pipeline]
    public static void Counts(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .Where(r => r.Level != 3)
        .KeyBy(r => r.Sensor)
        .Window(CountWindow.Of(3))
        .Aggregate(g => $"{g.Key} {g.Count()} {g.Sum(r => (long)r.Level)}")
        .To(sink);

    [Pipeline]
    public static void CountsThatSlide(Job job, ISource<Reading> source, ISink<string> sink)
    {
        var windows = CountWindow.Of(4, 2);
        job.From(source)
            .KeyBy(r => r.Sensor)
            .Window(windows)
            .Aggregate(g => $"{g.Key} {g.Count()} {g.First().Level} {g.Last().Level}")
            .To(sink);
    }

    [Pipeline]
    public static void All(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1))
        .Select(r => r.Level)
        .WindowAll(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()} {g.Max()}")
        .To(sink);

    [Pipeline]
    public static void Given(Job job, ISource<Reading> source, ISink<string> sink, WindowKind windows) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1))
        .KeyBy(r => r.Sensor)
        .Window(windows)
        .Aggregate(g => $"{g.Key} {g.Window.StartTime} {g.Count()} {g.Sum(r => (long)r.Level)}")
        .To(sink);

    [Pipeline]
    public static void Reduced(Job job, ISource<Reading> source, ISink<string> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.FromSeconds(1))
        .Select(r => r.Level)
        .KeyBy(level => level % 5)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Reduce((sum, level) => unchecked(sum + level), (key, window, sum) => $"{key} {window.StartTime} {sum}")
        .To(sink);
}
