namespace Weir.Guide.Tests.Running;

internal static class TopOfSumsSnippet
{
    // <snippet top-of-sums>
    public sealed record Spent(string Who, DateTime From, decimal Amount);

    public sealed record Ranked(DateTime From, int Rank, string Who, decimal Amount);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Ranked> ranked) => job
        .From(orders)
        .WithEventTime(o => o.At, maxDisorder: TimeSpan.FromMinutes(5))
        .KeyBy(o => o.Customer)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .Aggregate(g => new Spent(g.Key, g.Window.Start, g.Sum(o => o.Amount)))
        .KeyBy(s => s.From)
        .Window(Tumbling.Of(TimeSpan.FromHours(1)))
        .TopN(10, s => s.Amount, (hour, window, rank, s) => new Ranked(hour, rank, s.Who, s.Amount))
        .To(ranked);
    // </snippet>
}
