using Weir;
using Weir.Corpus;

await Play.Run(job => Orders.Define(job, Feed.Of(
    new Order(new DateTime(2026, 1, 1, 9, 0, 0), "ann", 12.5m),
    new Order(new DateTime(2026, 1, 1, 9, 20, 0), "bob", 3),
    new Order(new DateTime(2026, 1, 1, 9, 40, 0), "ann", 7.5m),
    new Order(new DateTime(2026, 1, 1, 10, 5, 0), "ann", 1.25m)), Caught.As<HourlyTotal>()));

public record Order(DateTime At, string Customer, decimal Amount);

public record HourlyTotal(string Customer, DateTime Hour, int Orders, decimal Amount);

public static class Orders
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<HourlyTotal> totals) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => new HourlyTotal(g.Key, g.Window.Start, g.Count(), g.Sum(o => o.Amount)))
        .To(totals);
}
