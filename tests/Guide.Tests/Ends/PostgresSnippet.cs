namespace Weir.Guide.Tests.Ends;

internal static class PostgresSnippet
{
    // <snippet postgres>
    public sealed record Total(string Customer, DateTime From, decimal Amount);

    public static Task RunAsync(ISource<Order> orders, string connectionString)
    {
        var job = new Job("totals");
        Define(job, orders, Postgres.Write<Total>(connectionString, "totals", columns => columns
            .Column("customer", total => total.Customer)
            .Column("from_hour", total => total.From)
            .Column("amount", total => total.Amount)));
        return job.RunAsync(new JobOptions { Guarantee = Guarantee.ExactlyOnce, CheckpointInterval = TimeSpan.FromSeconds(1) });
    }

    [Pipeline]
    private static void Define(Job job, ISource<Order> orders, ITransactionalSink<Total> totals) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => new Total(g.Key, g.Window.Start, g.Sum(o => o.Amount)))
        .To(totals);
    // </snippet>
}
