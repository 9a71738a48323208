namespace Weir.Guide.Tests.Windows;

internal static class SessionByRecordSnippet
{
    // <snippet session-by-record>
    public sealed record Visit(string Customer, DateTime From, DateTime To, int Orders);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Visit> visits) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(SessionWindow.WithGap((Order o) => TimeSpan.FromMinutes(o.Amount >= 10 ? 60 : 10)))
        .Aggregate(g => new Visit(g.Key, g.Window.Start, g.Window.End, g.Count()))
        .To(visits);
    // </snippet>
}
