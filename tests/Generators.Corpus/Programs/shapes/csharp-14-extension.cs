// reports: WEIR3003
using Weir;
using Weir.Corpus;


await Play.Run(job => Pipelines.Define(job, Feed.Of(1, 2, 3), Caught.As<string>()));

public static class Numbers
{
    extension(int number)
    {
        public int Doubled => number * 2;

        public int Times(int by) => number * by;
    }
}

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<int> source, ISink<string> sink) =>
        job.From(source).Select(n => n.Times(3)).Where(n => n > 3).Select(n => n.Doubled).Select(n => $"{n}").To(sink);
}
