// reports: WEIR3002
using Weir;
using Weir.Corpus;


await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<int>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define<T>(Job job, ISource<T> source, ISink<T> sink)
        where T : IComparable<T> => job.From(source).Where(value => value.CompareTo(default) > 0).To(sink);
}
