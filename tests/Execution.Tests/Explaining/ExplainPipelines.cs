namespace Weir.Execution.Tests.Explaining;

public sealed record Sale(DateTime At, string Shop, decimal Amount);

public sealed record ShopTotal(string Shop, DateTime Hour, decimal Amount);

/// <summary>Pipelines that are explained and never run.</summary>
internal static class ExplainPipelines
{
    [Pipeline]
    public static void Totals(Job job, ISource<Sale> source, ISink<ShopTotal> sink) => job
        .From(source)
        .WithEventTime(sale => sale.At, maxDisorder: TimeSpan.FromMinutes(5))
        .Where(sale => sale.Amount > 0)
        .KeyBy(sale => sale.Shop)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => new ShopTotal(g.Key, g.Window.Start, g.Sum(sale => sale.Amount)))
        .To(sink);

    [Pipeline]
    public static void Branches(Job job, ISource<Sale> source, Action<Sale> dear, ISink<string> shops)
    {
        var sales = job.From(source);
        sales.Where(sale => sale.Amount > 100).Id("dear").To(dear).Id("shown");
        sales.Select(sale => sale.Shop).To(shops);
    }

    [Pipeline]
    public static void Late(Job job, ISource<Sale> source, ISink<ShopTotal> sink, ISink<Sale> lateSink)
    {
        var totals = job
            .From(source)
            .WithEventTime(sale => sale.At, maxDisorder: TimeSpan.Zero)
            .IdleAfter(TimeSpan.FromSeconds(30))
            .KeyBy(sale => sale.Shop)
            .Window(Tumbling.Of(TimeSpan.FromHours(1)))
            .LateTo(out var late)
            .Aggregate(g => new ShopTotal(g.Key, g.Window.Start, g.Sum(sale => sale.Amount)));
        totals.To(sink);
        late.To(lateSink).Id("late");
    }
}
