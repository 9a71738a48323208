namespace Weir.Guide.Tests.Windows;

internal static class SlidingCountSnippet
{
    // <snippet count-sliding>
    public sealed record LastThree(string Customer, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<LastThree> lastThree) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Window(CountWindow.Of(size: 3, slide: 1))
        .Aggregate(g => new LastThree(g.Key, g.Count(), g.Sum(o => o.Amount)))
        .To(lastThree);
    // </snippet>
}
