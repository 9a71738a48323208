// reports: WEIR3002
using Weir;
using Weir.Corpus;


await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>()));

public static class Pipelines
{
    private sealed record Wrapped(int Number);

    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) => job
        .From(source)
        .Select(n => new Wrapped(n))
        .Where(w => { return w.Number > 1; })
        .Select(w => w.Number.ToString())
        .To(sink);
}
