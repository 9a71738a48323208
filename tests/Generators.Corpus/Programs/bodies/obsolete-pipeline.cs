// reports: WEIR3003
using Weir;
using Weir.Corpus;

#pragma warning disable CS0612
await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2), Caught.As<int>()));

public static class Old
{
    [Obsolete("gone", error: true)]
    public static int Twice(int n) => n * 2;
}

public static class Pipelines
{
    [Pipeline, Obsolete]
    public static void Define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Select(n => Old.Twice(n)).To(sink);
}
