
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), 5, "a", 2));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, decimal least, string prefix, int @class)
    {
        var timed = job.From(orders).WithEventTime(o => o.At.AddMinutes(@class), TimeSpan.FromMinutes(@class));
        for (var round = 0; round < 2; round++)
        {
            var name = prefix + round;
            foreach (var customer in new[] { "ann", "bob" })
            {
                var both = name + customer;
                timed.Where(o => o.Customer == customer)
                    .KeyBy(o => o.Customer + name)
                    .Window(Tumbling.Of(TimeSpan.FromHours(@class)))
                    .Aggregate(g => (g.Key, Many: g.Count(o => o.Amount > least), Sum: g.Sum(o => o.Amount * @class), Text: both))
                    .Select(x => $"{both} {name} {customer} {prefix} {x.Key} {x.Many} {x.Sum} {x.Text}")
                    .To(Caught.As<string>(both));
            }
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
