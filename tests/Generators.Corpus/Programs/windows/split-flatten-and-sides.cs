// reports: WEIR3004
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink)
    {
        var large = job.From(orders).Split(o => o.Amount > 10, out var small);
        large.Select(o => new[] { o.Customer, o.Id.ToString() }).Flatten().Where(text => text != "ann").To(sink);
        var counted = small.WithEventTime(o => o.At, TimeSpan.FromHours(5))
            .Where(o => o.Id != 99).KeyBy(o => o.Customer).Process(() => new Counter<int>.Of());
        counted.Side(Counter<int>.Odd).Select(id => $"odd {id}")
            .Union(counted.Select(text => text + "!")).To(sink);
    }

    internal static class Counter<T>
        where T : struct
    {
        public static readonly SideOutput<int> Odd = new();

        internal sealed class Of : KeyedProcess<string, Order, string>
        {
            private readonly MapState<int, T?> _ids = new();

            public override void OnRecord(Order order, ProcessContext<string, string> context)
            {
                _ids.TryAdd(order.Id, default(T));
                if (order.Id % 2 == 1)
                {
                    context.Emit(Odd, order.Id);
                }

                context.RegisterEventTimer(long.MaxValue);
            }

            public override void OnTimer(KeyedTimer timer, ProcessContext<string, string> context)
            {
                context.Emit($"{context.Key} {_ids.Count}");
                _ids.Clear();
            }
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
