namespace Weir.Guide.Tests.Functions;

internal static class ReduceSnippet
{
    // <snippet reduce>
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Order> greatest) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Reduce((one, other) => other.Amount > one.Amount ? other : one)
        .To(greatest);
    // </snippet>
}
