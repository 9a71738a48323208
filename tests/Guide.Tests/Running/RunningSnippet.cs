namespace Weir.Guide.Tests.Running;

internal static class RunningSnippet
{
    // <snippet running>
    public sealed record SoFar(string Customer, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<SoFar> soFar) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Aggregate(g => new SoFar(g.Key, g.Count(), g.Sum(o => o.Amount)))
        .To(soFar);
    // </snippet>
}
