using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<int>()));

public struct Changing
{
    public int N;

    public int Touch() => ++N;
}

public static class Pipelines
{
    // Each 'g.Key' is a copy: what its method changes is gone.
    [Pipeline]
    public static void Define(Job job, ISource<int> numbers, ISink<int> sink) => job.From(numbers)
        .WithEventTime(n => 1L, TimeSpan.Zero)
        .KeyBy(n => new Changing { N = n })
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => (g.Key.Touch() * 10) + g.Key.Touch() + g.Count())
        .To(sink);
}
