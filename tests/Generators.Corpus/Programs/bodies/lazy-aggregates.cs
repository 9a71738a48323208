using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Feed.Of(new Row(1, 0, null, 1), new Row(1, 5, "x", 2), new Row(2, 3, "yy", 3)), Caught.As<string>()));

public sealed record Row(int Key, int Divisor, string? Note, long Time);

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Row> source, ISink<string> sink)
    {
        var windows = job.From(source).WithEventTime(r => r.Time, TimeSpan.Zero).KeyBy(r => r.Key)
            .Window(Tumbling.Of(TimeSpan.FromSeconds(1)));
        windows.Aggregate(g => g.Any(r => r.Divisor == 0) ? "zero" : $"{g.Sum(r => 30 / r.Divisor)}").To(sink);
        windows.Aggregate(g => g.All(r => r.Divisor != 0) && g.Min(r => 30 / r.Divisor) > 1 ? "all" : "not").To(sink);
        windows.Aggregate(g => $"{g.First(r => r.Note is null || r.Note!.Length > 0).Divisor}").To(sink);
        windows.Aggregate(g =>
        {
            if (g.Count() > 1)
            {
                return "many";
            }

            return g.Select(r => r.Note!.Length).Max() switch { > 1 and var n => $"long {n}", _ => $"{g.Average(r => 6 / r.Divisor)}" };
        }).To(sink);
    }
}
