// reports: WEIR3001
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>(), 5, 2));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink, decimal least, int factor)
    {
        bool IsBig(Order order) => order.Amount > least;
        job.From(orders).WithEventTime(At, TimeSpan.Zero).KeyBy(Customer).Window(Tumbling.Of(TimeSpan.FromHours(1)))
            .Aggregate(g =>
            {
                var many = g.Count(IsBig);
                var sum = g.Sum(Amount);
                var odd = Enumerable.Range(0, factor).Count(i => i < factor && i < many + least);
                var texts = from i in Enumerable.Range(0, factor) select i * factor + many;
                return (g.Key, many, sum, odd, texts.Sum(), g.Where(Big.Is).Select(Big.Id).Max(), g.Any(o => IsBig(o) && o.Id > factor));
            })
            .Select(t => $"{t}")
            .To(sink);
    }

    private static DateTime At(Order order) => order.At;

    internal static string Customer(Order order) => order.Customer;

    private static decimal Amount(Order order) => order.Amount;
}

public static class Big
{
    public static bool Is(Order order) => order.Id > 0;

    public static int Id(Order order) => order.Id;
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
