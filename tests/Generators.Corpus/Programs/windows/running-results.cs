using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>(), 5));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink, int least)
    {
        var keyed = job.From(orders).KeyBy(o => o.Customer);
        keyed.Aggregate(g => $"{g.Key} {g.Count()} {g.Where(o => o.Id > least).Sum(o => o.Amount)} {g.Last().Id} {g.First().Id}").To(sink);
        keyed.Reduce((a, b) => b with { Amount = a.Amount + b.Amount }).Select(o => $"{o}").To(sink);
        keyed.Aggregate(new Longest()).To(sink);
        keyed.Aggregate(new Longest(), (key, note) => $"{key}: {note}").To(sink);
        Behind(keyed.Aggregate(g => new Spent(g.Key, g.Sum(o => o.Amount), g.Aggregate(17, (hash, o) => hash * 31 + o.Id)))).To(sink);

        job.From(orders).WithEventTime(o => o.At, TimeSpan.FromHours(5))
            .SelectMany(o => new[] { o, o with { Customer = "all" } })
            .KeyBy(o => (o.Customer, o.Id % 2))
            .Aggregate(g => new Spent(g.Key.Customer, g.Max(o => o.Amount), g.Select(o => o.Id).Distinct().Count()))
            .KeyBy(s => s.Customer)
            .Window(Tumbling.Of(TimeSpan.FromHours(1)))
            .Aggregate(g => $"{g.Key} {g.Window.Start:HHmm} {g.Count()} {g.Sum(s => s.Amount)} {g.Sum(s => s.Hash)}")
            .To(sink);
    }

    private static Stream<string> Behind(Stream<Spent> spent) => spent.Where(s => s.Amount > 1).Select(s => $"{s}");
}

public sealed class Longest : IAggregate<Order, string, string>
{
    public string Create() => "";

    public void Add(ref string accumulator, in Order record) =>
        accumulator = record.Note is { } note && note.Length > accumulator.Length ? note : accumulator;

    public void Merge(ref string accumulator, in string other) => accumulator = other.Length > accumulator.Length ? other : accumulator;

    public string Result(in string accumulator) => accumulator;
}

public sealed record Spent(string Customer, decimal Amount, int Hash);

public sealed record Order(int Id, DateTime At, string Customer, decimal Amount, string? Note = null);

public static class Data
{
    public static ISource<Order> Orders() => Feed.Of(
        new Order(1, new DateTime(2026, 1, 1, 9, 0, 0), "ann", 12.5m),
        new Order(2, new DateTime(2026, 1, 1, 9, 20, 0), "bob", 3m, "gift"),
        new Order(3, new DateTime(2026, 1, 1, 9, 40, 0), "ann", 7.5m),
        new Order(4, new DateTime(2026, 1, 1, 10, 5, 0), "cid", 120m, "urgent"),
        new Order(5, new DateTime(2026, 1, 1, 10, 30, 0), "bob", 0.5m, "for granny"),
        new Order(6, new DateTime(2026, 1, 1, 11, 0, 0), "ann", 55m));
}
