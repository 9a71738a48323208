// reports: WEIR3002
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink)
    {
        Last(job.From(orders).WithEventTime(o => o.At, TimeSpan.FromHours(5))
            .KeyBy(o => o.Customer), o => o.Amount).Select(amount => $"{amount}").To(sink);
        Last(job.From(orders).WithEventTime(o => o.At, TimeSpan.FromHours(5))
            .KeyBy(o => o.Customer), o => o.Note ?? "-").To(sink);
    }

    private static Stream<T> Last<T>(KeyedStream<Order, string> keyed, Func<Order, T> of) => keyed.Process(() => new Keeping<T>(of));

    internal sealed class Keeping<T>(Func<Order, T> of) : KeyedProcess<string, Order, T>
    {
        private readonly ListState<T> _all = new();

        public override void OnRecord(Order order, ProcessContext<string, T> context)
        {
            _all.Add(of(order));
            context.RegisterEventTimer(long.MaxValue);
        }

        public override void OnTimer(KeyedTimer timer, ProcessContext<string, T> context)
        {
            context.Emit(_all[^1]);
            _all.Clear();
        }
    }
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
