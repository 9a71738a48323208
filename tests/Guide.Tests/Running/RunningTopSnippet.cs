namespace Weir.Guide.Tests.Running;

internal static class RunningTopSnippet
{
    // <snippet top-running>
    public sealed record Replaced(string Customer, decimal? Out, decimal? In);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Replaced> replaced) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .TopN(2, o => o.Amount)
        .Select(change => new Replaced((change.New ?? change.Old)!.Customer, change.Old?.Amount, change.New?.Amount))
        .To(replaced);
    // </snippet>
}
