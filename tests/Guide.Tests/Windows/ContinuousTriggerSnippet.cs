namespace Weir.Guide.Tests.Windows;

internal static class ContinuousTriggerSnippet
{
    // <snippet trigger-continuous>
    public sealed record Progress(string Customer, DateTime From, int Orders, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Progress> progress) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Trigger(Trigger.Continuous(TimeSpan.FromMinutes(15)))
        .Aggregate(g => new Progress(g.Key, g.Window.Start, g.Count(), g.Sum(o => o.Amount)))
        .To(progress);
    // </snippet>
}
