using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink)
    {
        var factor = 2;
        var early = job.From(orders).WithEventTime(o => o.At, TimeSpan.FromHours(5)).KeyBy(o => o.Customer)
            .Window(Tumbling.Of(TimeSpan.FromHours(1))).Trigger(Trigger.Count(1));
        early.Retracting().Aggregate(g => g.Key + (g.Count() * factor)).Select(change => $"{change}").To(sink);
        early.Retracting().Aggregate(new Total()).Select(change => $"total {change}").To(sink);
        early.Retracting().Aggregate(new Total(), (key, window, total) => key + window.Start.Hour + (total * factor))
            .Select(change => $"of {change}").To(sink);
        early.Retracting().Reduce((a, b) => a.Amount * factor > b.Amount ? a : b).Select(change => $"most {change.New?.Id}").To(sink);
        early.Retracting().Reduce((a, b) => b, (key, _, last) => (key, last.Id)).Select(change => $"last {change}").To(sink);
    }
}

internal sealed class Total : IAggregate<Order, decimal, decimal>
{
    public decimal Create() => 0;

    public void Add(ref decimal accumulator, in Order record) => accumulator += record.Amount;

    public void Merge(ref decimal accumulator, in decimal other) => accumulator += other;

    public decimal Result(in decimal accumulator) => accumulator;
}

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
