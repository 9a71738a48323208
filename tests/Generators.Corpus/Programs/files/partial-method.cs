using Weir;
using Weir.Corpus;


await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>()));

public static partial class Pipelines
{
    [Pipeline]
    public static partial void Define(Job job, ISource<int> source, ISink<string> sink);
}

//// Other.cs
using Weir;

public static partial class Pipelines
{
    public static partial void Define(Job job, ISource<int> source, ISink<string> sink) =>
        job.From(source).Where(n => n > 1).Select(n => $"{n}").To(sink);
}
