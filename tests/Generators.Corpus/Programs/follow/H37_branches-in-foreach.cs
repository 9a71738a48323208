using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), ["ann", "bob", "nobody"]));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, string[] customers)
    {
        var timed = job.From(orders).WithEventTime(o => o.At, TimeSpan.Zero);
        foreach (var customer in customers)
        {
            timed.Where(o => o.Customer == customer)
                .KeyBy(o => o.Customer)
                .Window(Tumbling.Of(TimeSpan.FromHours(1)))
                .Aggregate(g => $"{g.Key} {g.Window.Start:HH} {g.Count()}")
                .Select(text => customer + ": " + text)
                .To(Caught.As<string>(customer));
        }
    }
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
