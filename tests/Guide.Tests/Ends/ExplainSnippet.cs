namespace Weir.Guide.Tests.Ends;

internal static class ExplainSnippet
{
    // <snippet explain>
    public sealed record Total(string Customer, DateTime From, int Orders);

    public static string Explain(IReadOnlyList<Order> orders)
    {
        var job = new Job("totals");
        Define(job, orders);
        return job.Explain().ToString();
    }

    [Pipeline]
    private static void Define(Job job, IReadOnlyList<Order> orders) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .AllowLateness(TimeSpan.FromMinutes(30))
        .Aggregate(g => new Total(g.Key, g.Window.Start, g.Count()))
        .To(Files.JsonLines<Total>("totals"));
    // </snippet>
}
