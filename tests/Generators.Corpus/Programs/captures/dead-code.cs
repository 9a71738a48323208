// reports: WEIR3003
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<int>(), 3, 4));

public static class Pipelines
{
    private const bool IsTraced = false;

    [Pipeline]
    public static void Define(Job job, ISource<int> numbers, ISink<int> sink, int unused, int used) =>
        job.From(numbers).Select(n => IsTraced ? unused : n).Where(n => IsTraced && unused > 1 || n < used).To(sink);
}
