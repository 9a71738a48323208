using Weir;
using Weir.Corpus;


await Play.Run(job => IPipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>()));
await Play.Run(job => Host.Define(job, Feed.Of(1, 2, 3), Caught.As<string>("struct")));
await Play.Run(job => Recorded.Define(job, Feed.Of(1, 2, 3), Caught.As<string>("record")));

public interface IPipelines
{
    [Pipeline]
    static void Define(Job job, ISource<int> source, ISink<string> sink) => job.From(source).Where(n => n > 1).Select(n => $"{n}").To(sink);
}

public readonly struct Host
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) => job.From(source).Where(n => n > 1).Select(n => $"{n}").To(sink);
}

public sealed record Recorded(int Number)
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) => job.From(source).Where(n => n > 1).Select(n => $"{n}").To(sink);
}
