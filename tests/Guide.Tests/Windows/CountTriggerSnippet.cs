namespace Weir.Guide.Tests.Windows;

internal static class CountTriggerSnippet
{
    // <snippet trigger-count>
    public sealed record Progress(string Customer, DateTime From, int Orders);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Progress> progress) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Trigger(Trigger.Count(2))
        .Aggregate(g => new Progress(g.Key, g.Window.Start, g.Count()))
        .To(progress);
    // </snippet>
}
