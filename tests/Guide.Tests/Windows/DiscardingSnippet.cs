namespace Weir.Guide.Tests.Windows;

internal static class DiscardingSnippet
{
    // <snippet discarding>
    public sealed record Part(string Customer, DateTime From, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Part> parts) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .AllowLateness(TimeSpan.FromMinutes(30))
        .Discarding()
        .Aggregate(g => new Part(g.Key, g.Window.Start, g.Count(), g.Sum(o => o.Amount)))
        .To(parts);
    // </snippet>
}
