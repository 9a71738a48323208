namespace Weir.Execution.Tests.Pipelines;

/// <summary>More keys than the cache holds.</summary>
internal static class LookaheadPipelines
{
    [Pipeline]
    public static void ById(Job job, ISource<LookaheadTests.Item?> source, ISink<string> sink) => job
        .From(source)
        .Where(item => item is not null)
        .WithEventTime(item => item!.Time, TimeSpan.Zero)
        .KeyBy(item => item!.Id)
        .Window(Tumbling.Of(TimeSpan.FromDays(1)))
        .Aggregate(g => $"{g.Key} {g.Count()} {g.Sum(item => item!.Time)}")
        .To(sink);
}
