// build: nullable=disable
using Weir;
using Weir.Corpus;


Play.Run(job => Pipelines.Define(job, Feed.Of("a", null, "ccc"), Caught.As<string>())).GetAwaiter().GetResult();

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<string> source, ISink<string> sink) =>
        job.From(source).Where(s => s != null).Select(s => s.ToUpperInvariant()).To(sink);
}
