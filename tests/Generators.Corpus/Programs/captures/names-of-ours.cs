using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3, 70, 80), Caught.As<string>(), 3, 1, 2, 5, 1));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<int> numbers, ISink<string> sink, int key, int pane, int window, int other, int seed) =>
        job.From(numbers).WithEventTime(n => (long)n, TimeSpan.Zero).KeyBy(n => n % 2).Window(Tumbling.Of(TimeSpan.FromMilliseconds(1)))
            .Aggregate(g => $"{g.Key} {g.Count(n => n > key)} {g.Sum(n => n * pane + window)} {g.Max(n => n - other)} {seed}")
            .To(sink);
}
