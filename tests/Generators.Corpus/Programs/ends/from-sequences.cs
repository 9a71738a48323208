using System.Collections.Immutable;
using System.Linq;
using System.Threading.Channels;
using Weir;
using Weir.Corpus;

await Play.Run(job =>
{
    var channel = Channel.CreateUnbounded<Order>();
    foreach (var order in Data.Orders)
    {
        channel.Writer.TryWrite(order);
    }

    channel.Writer.Complete();
    Pipelines.Lists(job, [.. Data.Orders], Data.Orders.ToImmutableArray(), Caught.As<string>());
    Pipelines.Sequences(job, Data.Orders.Where(o => o.Id < 6), Data.GetAsync(), channel.Reader, Caught.As<decimal>());
});

public static class Pipelines
{
    [Pipeline]
    public static void Lists(Job job, List<Order> list, ImmutableArray<Order> array, ISink<string> sink)
    {
        var nine = new DateTime(2026, 1, 1, 9, 0, 0);
        job.From(new[] { new Order(7, nine, "dan", 1m) }).Where(o => o.Amount > 0).Select(o => o.Customer).To(sink);
        job.From([new Order(8, nine, "eve", 1m)]).Where(o => o.Amount > 0).Select(o => o.Customer).To(sink);
        job.From(list).Where(o => o.Amount > 5).Select(o => o.Customer).To(sink);
        job.From(array).Where(o => o.Amount > 10).Select(o => o.Customer).To(sink);
        job.From(() => Data.Orders.Where(o => o.Id > 2)).Where(o => o.Amount > 3).Select(o => o.Customer).To(sink);
        job.From(from => Data.Orders.Skip((int)from)).Where(o => o.Amount > 100).Select(o => o.Customer).To(sink);
        job.From(Generate.Records(i => (int)i).Take(10)).Where(n => n % 2 == 0).Select(n => $"number {n}").To(sink);
    }

    [Pipeline]
    public static void Sequences(
        Job job, IEnumerable<Order> some, IAsyncEnumerable<Order> more, ChannelReader<Order> channel, ISink<decimal> sink)
    {
        var all = job.From(some).Union(job.From(more), job.From(channel));
        all.Where(o => o.Id > 1).Select(o => o.Amount * 2).To(sink);
        job.From(() => Data.GetAsync()).Select(o => o.Amount).Where(a => a > 7).To(sink);
    }
}

public sealed record Order(int Id, DateTime At, string Customer, decimal Amount);

public static class Data
{
    public static readonly Order[] Orders =
    [
        new(1, new DateTime(2026, 1, 1, 9, 0, 0), "ann", 12.5m),
        new(2, new DateTime(2026, 1, 1, 9, 20, 0), "bob", 3m),
        new(3, new DateTime(2026, 1, 1, 9, 40, 0), "ann", 7.5m),
        new(4, new DateTime(2026, 1, 1, 10, 5, 0), "cid", 120m),
        new(5, new DateTime(2026, 1, 1, 10, 30, 0), "bob", 0.5m),
        new(6, new DateTime(2026, 1, 1, 11, 0, 0), "ann", 55m),
    ];

    public static async IAsyncEnumerable<Order> GetAsync()
    {
        foreach (var order in Orders)
        {
            await Task.Yield();
            yield return order;
        }
    }
}
