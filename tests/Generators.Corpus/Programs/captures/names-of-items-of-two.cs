using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(new Row(1, "a"), new Row(2, null))));

public sealed record Row(int Key, string? Note);

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Row> rows)
    {
        job.From(rows).SelectMany(r => new[] { (A: r.Key, B: r.Note) }, (Row q, (int X, string? Y) t) => t.X + (t.Y ?? "none") + q.Key)
            .To(Caught.As<string>("1"));
        job.From(rows).Select(r => (r.Key, r.Note))
            .SelectMany(r => new[] { r.Item1 }, ((int X, string? Y) q, int n) => q.X + (q.Y ?? "none") + n)
            .To(Caught.As<string>("2"));
        job.From(rows).Select(r => (r.Key, r.Note))
            .SelectMany(((int C, string? D) r) => new[] { r.C }, ((int X, string? Y) q, int n) => q.X + (q.Y ?? "none") + n)
            .To(Caught.As<string>("3"));
    }
}
