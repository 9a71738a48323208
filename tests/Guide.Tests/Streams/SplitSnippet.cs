namespace Weir.Guide.Tests.Streams;

internal static class SplitSnippet
{
    // <snippet split>
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Order> large, ISink<Order> small)
    {
        job.From(orders)
            .Split(o => o.Amount >= 6, out var rest)
            .To(large);
        rest.To(small);
    }
    // </snippet>
}
