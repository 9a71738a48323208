
using System.Globalization;
using Weir;
using Weir.Corpus;

await Play.Run(job => Pipelines<int>.Define(job, Data.Orders(), Caught.As<string>(), 3, [1, 2, 3], Colour.Green, new Money(4), "q"));

public enum Colour { Red, Green }

public readonly record struct Money(decimal Value)
{
    public decimal Twice() => Value * 2;
}

public static class Pipelines<T>
{
    [Pipeline]
    public static void Define(
        Job job, ISource<Order> orders, ISink<string> sink, int? maybe, int[] ids, Colour colour, Money money, params string[] rest)
    {
        dynamic loose = 4;
        nint native = 5;
        var value0 = "v";
        var key = "k";
        var time = 1.5;
        var i = 2;
        var nothing = default(string);
        Span<int> span = [1];
        var list = (IReadOnlyList<int>)[span[0], 2];
        object boxed = 3;
        job.From(orders)
            .Where(o => ids.Contains(o.Id) || o.Id is > 3 and var id && id < 6 + i)
            .Where(o => maybe is { } some && o.Id != some + native)
            .Select(o => value0 + key + time.ToString(CultureInfo.InvariantCulture) + o.Id + colour + money.Twice() + rest.Length + nothing)
            .Select(s => { var i0 = s.Length + i; return $"{s}{i0}{list.Count}{boxed}{nameof(native)}"; })
            .To(sink);
        _ = loose;
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
