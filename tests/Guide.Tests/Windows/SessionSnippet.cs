namespace Weir.Guide.Tests.Windows;

internal static class SessionSnippet
{
    // <snippet session>
    public sealed record Visit(string Customer, DateTime From, DateTime To, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Visit> visits) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(SessionWindow.WithGap(TimeSpan.FromMinutes(20)))
        .Aggregate(g => new Visit(g.Key, g.Window.Start, g.Window.End, g.Count(), g.Sum(o => o.Amount)))
        .To(visits);
    // </snippet>
}
