// reports: WEIR3002
using Weir;
using Weir.Corpus;

var job = new Job("corpus");
var builder = new Builder(job);
Play.Say(builder.Big.Stage.Id);
await Play.Run(job);

public sealed class Builder
{
    private readonly Job _job;

    public Builder(Job job)
    {
        _job = job;
        job.From(Data.Orders()).Where(o => o.Id > 1).Select(o => o.Customer).To(Caught.As<string>());
    }

    public Stream<Order> Big { get; } = new Job("unused").From(Data.Orders()).Where(o => o.Id > 2);
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
