namespace Weir.Guide.Tests.Ends;

internal static class MySqlSnippet
{
    // <snippet mysql>
    public sealed record Visits(string Customer, DateTime From, int Count);

    public static Task RunAsync(ISource<Order> orders, string connectionString)
    {
        var job = new Job("visits");
        Define(job, orders, MySql.Write<Visits>(connectionString, "visits", columns => columns
            .Column("customer", visits => visits.Customer)
            .Column("from_hour", visits => visits.From)
            .Column("orders", visits => visits.Count)));
        return job.RunAsync(new JobOptions { Guarantee = Guarantee.ExactlyOnce, CheckpointInterval = TimeSpan.FromSeconds(1) });
    }

    [Pipeline]
    private static void Define(Job job, ISource<Order> orders, ITransactionalSink<Visits> visits) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => new Visits(g.Key, g.Window.Start, g.Count()))
        .To(visits);
    // </snippet>
}
