
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>(), new Options(5, "x", ["ann", "cid"]), null));
await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>("again"), new Options(60, "y", ["bob"]), "none"));

public sealed record Options(decimal Limit, string Prefix, List<string> Names);

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink, Options options, string? missing)
    {
        var limit = options.Limit;
        missing ??= "nothing";
        var (names, prefix) = (options.Names, options.Prefix);
        int.TryParse("3", NumberStyles.None, CultureInfo.InvariantCulture, out var parsed);
        decimal least;
        if (limit > 10)
        {
            least = 1;
        }
        else
        {
            least = 2;
        }

        Func<decimal, decimal> twice = amount => amount * 2;
        var pair = (Low: least, High: limit);
        DateTime? from = new DateTime(2026, 1, 1, 9, 10, 0);
        job.From(orders)
            .Where(o => o.Amount > least && o.Amount < 1000 * limit)
            .Where(o => o.At >= from)
            .Where(o => names.Contains(o.Customer) || options.Names.Count > parsed - 3)
            .Select(o => new { o.Id, missing, Text = $"{prefix}{o.Customer}{pair.Low}{(o.Note ?? missing)}", limit })
            .Select(a => a.Text + a.missing + twice(a.limit).ToString(CultureInfo.InvariantCulture) + pair.High)
            .To(sink);
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
