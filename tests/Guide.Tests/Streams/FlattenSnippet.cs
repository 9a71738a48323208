namespace Weir.Guide.Tests.Streams;

internal static class FlattenSnippet
{
    // <snippet flatten>
    public sealed record Coin(string Customer, decimal Value);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Coin> coins) => job
        .From(orders)
        .Where(o => o.Amount is >= 3 and < 7)
        .Select(o => new[] { new Coin(o.Customer, decimal.Truncate(o.Amount)), new Coin(o.Customer, o.Amount % 1) })
        .Flatten()
        .Where(c => c.Value > 0)
        .To(coins);
    // </snippet>
}
