namespace Weir.Execution.Tests.Pipelines;

/// <summary>Pipelines whose functions fail in the middle of a batch.</summary>
internal static class FailurePipelines
{
    [Pipeline]
    public static void Running(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .KeyBy(n => 100 / n)
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void Counted(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .KeyBy(n => 100 / n)
        .Window(CountWindow.Of(1))
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void Triggered(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .KeyBy(n => 100 / n)
        .Window(GlobalWindow.Instance)
        .Trigger(Trigger.Count(1))
        .Aggregate(g => $"{g.Key} {g.Count()}")
        .To(sink);

    [Pipeline]
    public static void Behind(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .Where(n => 100 / n > 0)
        .KeyBy(n => n % 2)
        .Lag((before, now) => $"{before} {now}")
        .To(sink);

    [Pipeline]
    public static void Split(Job job, ISource<int> source, ISink<string> sink)
    {
        var even = job.From(source).Split(n => 100 / n % 2 == 0, out var odd);
        even.Select(n => $"even {n}").To(sink);
        odd.Select(n => $"odd {n}").To(sink);
    }

    [Pipeline]
    public static void Expanded(Job job, ISource<int> source, ISink<string> sink) => job.From(source)
        .SelectMany(n => new[] { $"{100 / n}", "and" })
        .To(sink);
}
