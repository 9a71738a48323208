namespace Weir.Guide.Tests.Windows;

internal static class AllSnippet
{
    // <snippet window-all>
    public sealed record Total(DateTime From, int Customers, int Orders);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Total> totals) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .WindowAll(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => new Total(g.Window.Start, g.Select(o => o.Customer).Distinct().Count(), g.Count()))
        .To(totals);
    // </snippet>
}
