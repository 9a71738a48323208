namespace Weir.Guide.Tests.Windows;

internal static class CountEvictorSnippet
{
    // <snippet evict-count>
    public sealed record LastTwo(string Customer, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<LastTwo> lastTwo) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Window(GlobalWindow.Instance)
        .Trigger(Trigger.Count(1))
        .Evict(Evictor.Count(2))
        .Aggregate(g => new LastTwo(g.Key, g.Count(), g.Sum(o => o.Amount)))
        .To(lastTwo);
    // </snippet>
}
