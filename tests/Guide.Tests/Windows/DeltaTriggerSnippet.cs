namespace Weir.Guide.Tests.Windows;

internal static class DeltaTriggerSnippet
{
    // <snippet trigger-delta>
    public sealed record Rise(string Customer, int Orders, decimal Newest);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Rise> rises) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Window(GlobalWindow.Instance)
        .Trigger(Trigger.Delta<Order>(threshold: 5, (last, now) => (double)(now.Amount - last.Amount)))
        .Aggregate(g => new Rise(g.Key, g.Count(), g.Last().Amount))
        .To(rises);
    // </snippet>
}
