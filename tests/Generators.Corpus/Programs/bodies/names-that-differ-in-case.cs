using Weir;
using Weir.Corpus;

await Play.Run(job =>
{
    Pipelines.Define(job, Feed.Of(1, 2), Caught.As<int>());
    Pipelines.define(job, Feed.Of(1, 2), Caught.As<int>());
    PIPELINES.Define(job, Feed.Of(1, 2), Caught.As<int>());
    Pipelines.Define(job, Feed.Of("a"), Caught.As<string>());
});

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Select(@class => @class + 1).To(sink);

    [Pipeline]
    public static void define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Select(Größe => Größe + 2).To(sink);

    [Pipeline]
    public static void Define(Job job, ISource<string> source, ISink<string> sink) => job.From(source).Select(_ => _ + "b").To(sink);
}

public static class PIPELINES
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<int> sink) => job.From(source).Select(n => n + 3).To(sink);
}
