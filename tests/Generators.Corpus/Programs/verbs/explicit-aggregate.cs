using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>("a"), Caught.As<string>("b"), Caught.As<string>("c")));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> one, ISink<string> two, ISink<string> three)
    {
        var keyed = job.From(orders).WithEventTime(o => o.At, TimeSpan.Zero).KeyBy(o => o.Customer);
        keyed.Window(Tumbling.Of(TimeSpan.FromHours(1))).Aggregate(new Ids(), (key, window, sum) => key + sum).To(one);
        keyed.Window(Tumbling.Of(TimeSpan.FromHours(2))).Aggregate(new Hidden(), (key, window, sum) => key + sum).To(two);
        keyed.Window(Tumbling.Of(TimeSpan.FromHours(3)))
            .Aggregate(g => (Enumerable.Count(g), Enumerable.Sum(Enumerable.Where(g, o => o.Id > 1), o => o.Amount), Enumerable.Last(g).Id))
            .Select(t => $"{t}").To(three);
    }
}

public sealed class Ids : IAggregate<Order, int, int>
{
    int IAggregate<Order, int, int>.Create() => 0;

    void IAggregate<Order, int, int>.Add(ref int accumulator, in Order value) => accumulator += value.Id;

    void IAggregate<Order, int, int>.Merge(ref int accumulator, in int other) => accumulator += other;

    int IAggregate<Order, int, int>.Result(in int accumulator) => accumulator;
}

public abstract class Summing : IAggregate<Order, int, int>
{
    public int Create() => 0;

    void IAggregate<Order, int, int>.Add(ref int accumulator, in Order value) => accumulator += value.Id;

    public void Add(ref int accumulator, Order value) => accumulator += 1000;

    public void Merge(ref int accumulator, in int other) => accumulator += other;

    public virtual int Result(in int accumulator) => accumulator;
}

public sealed class Hidden : Summing
{
    public override int Result(in int accumulator) => accumulator * 2;
}

public sealed record Order(int Id, DateTime At, string Customer, decimal Amount, string? Note = null);

public static class Data
{
    public static ISource<Order> Orders() => Feed.Of(
        new Order(1, new DateTime(2026, 1, 1, 9, 0, 0), "ann", 12.5m),
        new Order(2, new DateTime(2026, 1, 1, 9, 20, 0), "bob", 3m, "gift"),
        new Order(3, new DateTime(2026, 1, 1, 9, 40, 0), "ann", 7.5m),
        new Order(4, new DateTime(2026, 1, 1, 10, 5, 0), "cid", 120m, "urgent"),
        new Order(6, new DateTime(2026, 1, 1, 11, 0, 0), "ann", 55m));
}
