namespace Weir.Guide.Tests.Windows;

internal static class CumulativeSnippet
{
    // <snippet cumulative>
    public sealed record Total(string Customer, DateTime From, DateTime To, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Total> totals) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Cumulative.Of(max: TimeSpan.FromHours(1), step: TimeSpan.FromMinutes(20)))
        .Aggregate(g => new Total(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(o => o.Amount)))
        .To(totals);
    // </snippet>
}
