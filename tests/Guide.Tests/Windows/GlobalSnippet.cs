namespace Weir.Guide.Tests.Windows;

internal static class GlobalSnippet
{
    // <snippet global>
    public sealed record Total(string Customer, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Total> totals) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(GlobalWindow.UntilEnd)
        .Aggregate(g => new Total(g.Key, g.Count(), g.Sum(o => o.Amount)))
        .To(totals);
    // </snippet>
}
