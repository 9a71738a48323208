namespace Weir.Guide.Tests.Windows;

internal static class RetractingSnippet
{
    // <snippet retracting>
    public sealed record Total(string Customer, DateTime From, int Orders);

    public sealed record Revision(string Customer, DateTime From, int? Before, int? Now);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Revision> revisions) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .AllowLateness(TimeSpan.FromMinutes(30))
        .Retracting()
        .Aggregate(g => new Total(g.Key, g.Window.Start, g.Count()))
        .Select(change => new Revision(
            (change.New ?? change.Old)!.Customer, (change.New ?? change.Old)!.From, change.Old?.Orders, change.New?.Orders))
        .To(revisions);
    // </snippet>
}
