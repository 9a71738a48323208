namespace Weir.Guide.Tests.Windows;

internal static class CountSnippet
{
    // <snippet count>
    public sealed record Three(string Customer, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Three> threes) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Window(CountWindow.Of(3))
        .Aggregate(g => new Three(g.Key, g.Count(), g.Sum(o => o.Amount)))
        .To(threes);
    // </snippet>
}
