namespace Weir.Guide.Tests.Windows;

internal static class LatenessSnippet
{
    // <snippet lateness>
    public sealed record Total(string Customer, DateTime From, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Total> totals) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .AllowLateness(TimeSpan.FromMinutes(30))
        .Aggregate(g => new Total(g.Key, g.Window.Start, g.Count(), g.Sum(o => o.Amount)))
        .To(totals);
    // </snippet>
}
