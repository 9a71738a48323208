// build: checked
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(new Row(uint.MaxValue, -1, 10), new Row(3, 5, 20)), Caught.As<string>()));

public enum Big : ulong { None, All = ulong.MaxValue }

public sealed record Row(uint Number, long Other, long Time)
{
    public Big Size { get; init; } = Big.All;
}

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Row> source, ISink<string> sink) => job.From(source)
        .WithEventTime(r => r.Time, TimeSpan.Zero)
        .Where(r => unchecked(r.Number + 1u) < 5)
        .KeyBy(r => (r.Number, r.Size, r.Other))
        .Window(Tumbling.Of(TimeSpan.FromSeconds(1)))
        .Aggregate(g => $"{g.Key} {g.Count()} {g.Sum(r => r.Other)} {g.Sum(r => unchecked((int)(r.Number * 2654435761u)))} "
            + $"{(g.Any(r => r.Number == 3) ? g.Sum(r => (int)r.Number + 1) : -1)}")
        .To(sink);
}
