
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), 5, "a"));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, decimal least, string prefix)
    {
        var limit = least * 2;
        Texts(Above(job.From(orders), limit), prefix).Where(text => text.Length > prefix.Length).To(Caught.As<string>("one"));
        var all = job.From(orders);
        var some = Above(all, least);
        Write(Texts(some, prefix + limit), "two");

        void Write(Stream<string> texts, string name) => texts.Select(text => text + name + limit).To(Caught.As<string>(name));
    }

    private static Stream<Order> Above(Stream<Order> orders, decimal limit) => orders.Where(o => o.Amount > limit);

    private static Stream<string> Texts(this Stream<Order> orders, string prefix)
    {
        var half = prefix + "-";
        return from order in orders where order.Customer != half select half + order.Customer + prefix;
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
