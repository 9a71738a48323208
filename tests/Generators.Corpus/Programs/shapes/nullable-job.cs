using Weir;
using Weir.Corpus;


await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2), Caught.As<int>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job? job, ISource<int> source, ISink<int> sink) => job?.From(source).Where(n => n > 1).To(sink);
}
