namespace Weir.Guide.Tests.Ends;

internal static class SequenceSnippet
{
    // <snippet sequence>
    public sealed record Total(string Customer, DateTime From, int Orders);

    public static async Task<List<Total>> RunAsync(IReadOnlyList<Order> orders)
    {
        var job = new Job("totals");
        Define(job, orders, out var totals);

        var read = new List<Total>();
        await foreach (var total in job.ReadAsync(totals))
        {
            read.Add(total);
        }

        return read;
    }

    [Pipeline]
    private static void Define(Job job, IReadOnlyList<Order> orders, out Stream<Total> totals) => totals = job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => new Total(g.Key, g.Window.Start, g.Count()));
    // </snippet>
}
