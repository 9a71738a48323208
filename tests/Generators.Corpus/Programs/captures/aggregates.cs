
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>(), 5, 2, ["ann", "cid"], 10));
await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>("zero"), 5, 0, ["bob"], 1));

public static class Pipelines
{
    [Pipeline]
    public static void Define(
        Job job, ISource<Order> orders, ISink<string> sink, decimal least, int divisor, HashSet<string> names, long start) => job.From(orders)
        .WithEventTime(o => o.At, TimeSpan.Zero)
        .KeyBy(o => o.Customer.Length + divisor)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g =>
        {
            var known = g.Where(o => names.Contains(o.Customer)).Count();
            var sum = g.Select(o => o.Amount + least).Sum();
            var fold = g.Aggregate(start, (sofar, o) => sofar * divisor + o.Id);
            var best = g.MaxBy(o => { var rest = o.Id % 3; return rest * divisor; })!.Id;
            var first = divisor > 0 && g.Any(o => o.Id / divisor > 1);
            var any = g.FirstOrDefault(o => o.Amount > least)?.Customer ?? "none";
            return new Total(g.Key, known, sum, fold, best, first, any + names.Count);
        })
        .Select(t => $"{t}")
        .To(sink);
}

public sealed record Total(int Key, int Known, decimal Sum, long Fold, int Best, bool First, string Any);

public sealed record Order(int Id, DateTime At, string Customer, decimal Amount, string? Note = null);

public static class Data
{
    public static ISource<Order> Orders() => Feed.Of(
        new Order(1, new DateTime(2026, 1, 1, 9, 0, 0), "ann", 12.5m),
        new Order(2, new DateTime(2026, 1, 1, 9, 20, 0), "bob", 3m, "gift"),
        new Order(3, new DateTime(2026, 1, 1, 9, 40, 0), "ann", 7.5m),
        new Order(4, new DateTime(2026, 1, 1, 10, 5, 0), "cid", 120m, "urgent"),
        new Order(5, new DateTime(2026, 1, 1, 10, 30, 0), "bob", 0.5m),
        new Order(6, new DateTime(2026, 1, 1, 11, 0, 0), "ann", 55m));
}
