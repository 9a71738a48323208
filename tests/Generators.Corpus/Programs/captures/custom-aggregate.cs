
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>(), "p", 3));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink, string prefix, int factor) => job.From(orders)
        .WithEventTime(o => o.At, TimeSpan.Zero)
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(new Ids(), (key, window, sum) => prefix + key + window.Start.Hour * factor + sum)
        .SelectMany(text => Enumerable.Range(0, factor).Select(i => text + i))
        .Where(text => !text.EndsWith("1", StringComparison.Ordinal) || factor > 5)
        .To(sink);
}

public sealed class Ids : IAggregate<Order, int, int>
{
    public int Create() => 0;

    public void Add(ref int accumulator, in Order value) => accumulator += value.Id;

    public void Merge(ref int accumulator, in int other) => accumulator += other;

    public int Result(in int accumulator) => accumulator;
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
