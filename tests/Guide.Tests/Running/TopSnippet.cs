namespace Weir.Guide.Tests.Running;

internal static class TopSnippet
{
    // <snippet top>
    public sealed record Best(string Customer, DateTime From, int Rank, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Best> best) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .TopN(2, o => o.Amount, (customer, window, rank, o) => new Best(customer, window.Start, rank, o.Amount))
        .To(best);
    // </snippet>
}
