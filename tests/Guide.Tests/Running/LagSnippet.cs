namespace Weir.Guide.Tests.Running;

internal static class LagSnippet
{
    // <snippet lag>
    public sealed record Difference(string Customer, DateTime At, decimal More);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Difference> differences) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Lag((before, now) => new Difference(now.Customer, now.At, now.Amount - before.Amount))
        .To(differences);
    // </snippet>
}
