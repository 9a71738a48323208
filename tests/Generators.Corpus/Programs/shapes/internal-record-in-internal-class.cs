using Weir;
using Weir.Corpus;


await Play.Run(job => Inner.Pipelines.Define(job, Feed.Of(new Inner.Row(1), new Inner.Row(2)), Caught.As<string>()));

internal static class Inner
{
    internal sealed record Row(int Number);

    internal static class Pipelines
    {
        [Pipeline]
        internal static void Define(Job job, ISource<Row> source, ISink<string> sink) =>
            job.From(source).Where(r => r.Number > 1).Select(r => $"{r.Number}").To(sink);
    }
}
