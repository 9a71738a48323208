namespace Weir.Guide.Tests.Windows;

internal static class LateSnippet
{
    // <snippet late-output>
    public sealed record Total(string Customer, DateTime From, DateTime To, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Total> totals, ISink<Order> lateOrders)
    {
        job.From(orders)
            .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
            .KeyBy(o => o.Customer)
            .Window(Tumbling.Of(TimeSpan.FromHours(1)))
            .LateTo(out var late)
            .Aggregate(g => new Total(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(o => o.Amount)))
            .To(totals);
        late.To(lateOrders);
    }
    // </snippet>
}
