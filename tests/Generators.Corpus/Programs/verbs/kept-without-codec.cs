// reports: WEIR3001
using System.Text;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink)
    {
        var keyed = job.From(orders).WithEventTime(o => o.At, TimeSpan.Zero).KeyBy(o => o.Customer);
        keyed.Window(Tumbling.Of(TimeSpan.FromHours(1))).Aggregate(g => g.Min(o => (nint)o.Id)).Select(n => n + "").To(sink);
        keyed.Window(Tumbling.Of(TimeSpan.FromHours(2)))
            .Aggregate(g => g.Aggregate(new StringBuilder(), (text, o) => text.Append(o.Id)).ToString()).To(sink);
        keyed.Window(Tumbling.Of(TimeSpan.FromHours(3))).Aggregate(g => g.Select(o => (object)o.Id).First().ToString()!).To(sink);
    }
}

public sealed record Order(int Id, DateTime At, string Customer);

public static class Data
{
    public static ISource<Order> Orders() => Feed.Of(
        new Order(1, new DateTime(2026, 1, 1, 9, 0, 0), "ann"),
        new Order(2, new DateTime(2026, 1, 1, 9, 20, 0), "bob"),
        new Order(3, new DateTime(2026, 1, 1, 9, 40, 0), "ann"));
}
