// reports: WEIR3002
using Weir;
using Weir.Corpus;


await Play.Run(job => Shop.Totals.Define(job, Feed.Of(new Shop.Sale("a", 1), new Shop.Sale("b", 2)), Caught.As<string>()));
await Play.Run(job => Own.Define(job, Feed.Of(new Shop.Sale("a", 1), new Shop.Sale("b", 2)), Caught.As<string>("own")));

public static class Own
{
    [Pipeline]
    public static void Define(Job job, ISource<Shop.Sale> sales, ISink<string> sink) =>
        Shop.Totals.Big(job.From(sales)).Select(s => s.Item + "!").To(sink);
}

//// lib/Shop.cs
using Weir;

namespace Shop;

public sealed record Sale(string Item, int Count);

public static class Totals
{
    [Pipeline]
    public static void Define(Job job, ISource<Sale> sales, ISink<string> sink) =>
        Big(job.From(sales)).Select(s => s.Item + s.Count).To(sink);

    public static Stream<Sale> Big(Stream<Sale> sales) => sales.Where(s => s.Count > 1);
}
