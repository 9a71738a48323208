// reports: WEIR2004
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink)
    {
        var least = orders is null ? 1m : 2m;
        var customers = job.From(orders!).WithEventTime(o => o.At, TimeSpan.FromHours(5)).Where(o => o.Amount > least)
            .KeyBy(o => (o.Customer, Large: o.Amount > 10));
        customers.Lag((before, now) => $"lag {before.Id} {now.Id}").To(sink);
        customers.TopN(1, o => o.Amount).Select(change => $"top {change.New!.Id}").To(sink);
        customers.DistinctBy(o => o.Note is null).Select(o => $"first {o.Id}").To(sink);
        customers.Deduplicate(TimeSpan.FromMinutes(41)).Select(o => $"once {o.Id}").To(sink);
        Told(customers).Side(Known.Again).Select(id => $"again {id}").To(sink);
        job.From(orders!).SelectMany(o => new[] { o.Customer, o.Note ?? "" }).KeyBy(text => text).Distinct().To(sink);
        job.From(orders!).KeyBy(o => o.Customer).Process(() => new Count()).WithParallelism(2).To(sink);
    }

    private static Stream<string> Told(KeyedStream<Order, (string Customer, bool Large)> customers)
    {
        var known = customers.Process(() => new Known());
        known.Where(text => text != "known 1").To(Caught.As<string>());
        return known;
    }
}

internal sealed class Known : KeyedProcess<(string Customer, bool Large), Order, string>
{
    public static readonly SideOutput<int> Again = new();

    private readonly ValueState<bool> _seen = new();

    public override void OnRecord(Order order, ProcessContext<(string Customer, bool Large), string> context)
    {
        if (_seen.Value)
        {
            context.Emit(Again, order.Id);
        }

        _seen.Value = true;
        context.RegisterEventTimer(order.At.Ticks / 10);
        context.Emit($"known {order.Id}");
    }
}

internal sealed class Count : KeyedProcess<string, Order, string>
{
    private readonly ValueState<int> _count = new();

    public override void OnRecord(Order order, ProcessContext<string, string> context) =>
        context.Emit($"count {context.Key} {++_count.Ref} {context.Time is null}");
}

public sealed record Order(int Id, DateTime At, string Customer, decimal Amount, string? Note = null);

public static class Data
{
    public static ISource<Order> Orders() => Feed.Of(
        new Order(1, new DateTime(2026, 1, 1, 9, 0, 0), "ann", 12.5m),
        new Order(2, new DateTime(2026, 1, 1, 9, 20, 0), "bob", 3m, "gift"),
        new Order(3, new DateTime(2026, 1, 1, 9, 40, 0), "ann", 7.5m),
        new Order(4, new DateTime(2026, 1, 1, 10, 5, 0), "cid", 120m, "urgent"),
        new Order(5, new DateTime(2026, 1, 1, 10, 30, 0), "bob", 0.5m),
        new Order(6, new DateTime(2026, 1, 1, 11, 0, 0), "ann", 55m));
}
