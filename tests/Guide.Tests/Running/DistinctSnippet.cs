namespace Weir.Guide.Tests.Running;

internal static class DistinctSnippet
{
    // <snippet distinct>
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Order> firsts) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .DistinctBy(o => o.At.Hour)
        .To(firsts);
    // </snippet>
}
