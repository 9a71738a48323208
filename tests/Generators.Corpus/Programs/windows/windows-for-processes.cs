// reports: WEIR2004 WEIR3002
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines.Define(job, Data.Orders(), Caught.As<string>()));

public static class Pipelines
{
    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<string> sink)
    {
        var keyed = job.From(orders).WithEventTime(o => o.At, TimeSpan.FromHours(5)).KeyBy(o => o.Customer);
        var hours = keyed.Window(Tumbling.Of(TimeSpan.FromHours(1)));
        hours.Process((records, context) => records.Select(o => $"{context.Key} {o.Id}")).To(sink);
        hours.Process(() => new Ids()).Select(text => text + ".").To(sink);
        hours.Aggregate(new Total(), (total, context) => new[] { $"{context.Window.Start.Hour} {total}" }).To(sink);
        hours.TopN(1, o => o.Amount).Select(o => $"best {o.Id}").To(sink);
        Best(hours).To(sink);
        job.From(orders).WithEventTime(o => o.At, TimeSpan.FromHours(5)).WindowAll(Sliding.Of(TimeSpan.FromHours(2), TimeSpan.FromHours(1)))
            .TopN(2, o => o.Id, (_, window, rank, o) => $"all {window.Start.Hour} {rank} {o.Id}").Where(text => text != "").To(sink);

        // Sessions keep their records with their times, and so do windows that share numbers of records.
        keyed.Window(SessionWindow.WithGap(TimeSpan.FromMinutes(50))).Process((records, _) => records.Select(o => $"session {o.Id}")).To(sink);
        keyed.Window(CountWindow.Of(2, 1)).Process((records, _) => records.Select(o => $"two {o.Id}")).To(sink);
    }

    private static Stream<string> Best(WindowedStream<Order, string> windows) =>
        windows.TopN(2, o => o.Note ?? "", (key, _, rank, o) => $"{key} {rank} {o.Id}");
}

internal sealed class Ids : WindowProcess<IReadOnlyList<Order>, string, string>
{
    private readonly ValueState<int> _fired = new();

    public override void OnFire(IReadOnlyList<Order> input, WindowContext<string, string> context) =>
        context.Emit($"{context.Key} {++_fired.Ref} {string.Join(',', input.Select(o => o.Id))}");
}

internal sealed class Total : IAggregate<Order, decimal, decimal>
{
    public decimal Create() => 0;

    public void Add(ref decimal accumulator, in Order record) => accumulator += record.Amount;

    public void Merge(ref decimal accumulator, in decimal other) => accumulator += other;

    public decimal Result(in decimal accumulator) => accumulator;
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
