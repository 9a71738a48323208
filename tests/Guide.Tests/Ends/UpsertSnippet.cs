namespace Weir.Guide.Tests.Ends;

internal static class UpsertSnippet
{
    // <snippet postgres-upsert>
    public sealed record Last(string Customer, DateTime At, int Orders);

    public static Task RunAsync(ISource<Order> orders, string connectionString)
    {
        var job = new Job("last-orders");
        Define(job, orders, Postgres.Upsert<Last>(connectionString, "last_orders", key: ["customer"]));
        return job.RunAsync(new JobOptions { Guarantee = Guarantee.ExactlyOnce });
    }

    [Pipeline]
    private static void Define(Job job, ISource<Order> orders, IIdempotentSink<Last> last) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Aggregate(g => new Last(g.Key, g.Max(o => o.At), g.Count()))
        .To(last);
    // </snippet>
}
