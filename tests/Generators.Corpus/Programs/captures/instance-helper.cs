
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>()));

public sealed class Cleaner(string prefix)
{
    public string Prefix { get; } = prefix;

    internal int Calls;

    public Stream<string> Clean(Stream<Order> orders, int least) => orders
        .Where(o => o.Id >= least && this.Prefix.Length > 0)
        .Select(o => Prefix + o.Customer + least + Calls)
        .Select(text => Shown(text) + nameof(Prefix))
        .Where(IsLong);

    public string Shown(string text) => text + Prefix;

    public bool IsLong(string text) => text.Length > Prefix.Length;
}

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink)
    {
        var cleaner = new Cleaner("p");
        var all = job.From(orders);
        cleaner.Clean(all, 2).To(sink);
        new Cleaner("q") { Calls = 3 }.Clean(all, 1).To(sink);
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
