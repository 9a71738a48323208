using Weir;
using Weir.Corpus;


await Play.Run(job => First.Run(job));
await Play.Run(job => Second.Run(job));

public static class First
{
    public static void Run(Job job) => Hidden.Define(job, Feed.Of(1, 2), Caught.As<string>("first"));
}

file static class Hidden
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) => job.From(source).Where(n => n > 1).Select(n => $"first {n}").To(sink);
}

//// Second.cs
using Weir;
using Weir.Corpus;

public static class Second
{
    public static void Run(Job job) => Hidden.Define(job, Feed.Of(1, 2), Caught.As<string>("second"));
}

file static class Hidden
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) => job.From(source).Where(n => n > 0).Select(n => $"second {n}").To(sink);
}
