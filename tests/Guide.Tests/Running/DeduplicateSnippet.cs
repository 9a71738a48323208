namespace Weir.Guide.Tests.Running;

internal static class DeduplicateSnippet
{
    // <snippet deduplicate>
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Order> firsts) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Deduplicate(within: TimeSpan.FromMinutes(30))
        .To(firsts);
    // </snippet>
}
