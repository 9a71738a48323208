namespace Weir.Guide.Tests.Functions;

internal static class ProcessWindowSnippet
{
    // <snippet process-window>
    public sealed record Step(string Customer, DateTime From, decimal Amount, decimal More);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Step> steps) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Process((window, context) => window
            .Zip(window.Skip(1), (one, next) => new Step(context.Key, context.Window.Start, next.Amount, next.Amount - one.Amount)))
        .To(steps);
    // </snippet>
}
