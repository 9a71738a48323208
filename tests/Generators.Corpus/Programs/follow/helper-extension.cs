using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink) => job
        .From(orders)
        .Big()
        .Timed()
        .PerHour()
        .To(sink);
}

public static class OrderStreams
{
    public static Stream<Order> Big(this Stream<Order> stream, decimal least = 1) => stream.Where(o => o.Amount > least);

    public static Stream<Order> Timed(this Stream<Order> stream)
    {
        var timed = stream.WithEventTime(o => o.At, TimeSpan.Zero);
        return timed;
    }

    public static Stream<string> PerHour(this Stream<Order> stream) => stream
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => $"{g.Key} {g.Window.Start:HH} {g.Count()}");
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
