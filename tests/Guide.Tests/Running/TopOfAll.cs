namespace Weir.Guide.Tests.Running;

/// <summary>The best records of all customers: a window without a key.</summary>
internal static class TopOfAll
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> best) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .WindowAll(Tumbling.Of(TimeSpan.FromHours(1)))
        .TopN(2, o => o.Amount, (_, window, rank, o) => $"{window.Start.Hour} {rank} {o.Customer}")
        .To(best);
}
