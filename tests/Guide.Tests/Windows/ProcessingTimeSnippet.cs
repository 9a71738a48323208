namespace Weir.Guide.Tests.Windows;

internal static class ProcessingTimeSnippet
{
    // <snippet processing-time>
    public sealed record Load(string Customer, DateTime From, int Orders);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Load> loads) => job
        .From(orders)
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromSeconds(10)).InProcessingTime())
        .Aggregate(g => new Load(g.Key, g.Window.Start, g.Count()))
        .To(loads);
    // </snippet>
}
