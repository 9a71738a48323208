namespace Weir.Guide.Tests.Streams;

internal static class FailuresSnippet
{
    // <snippet on-error>
    public sealed record Price(DateTime At, string Customer, decimal Value);

    public sealed record Rejected(DateTime At, string Customer, string Operator, string Reason);

    [Pipeline]
    public static void Define(Job job, ISource<Order> orders, ISink<Price> prices, ISink<Rejected> rejected)
    {
        job.From(orders)
            .Select(o => new Price(o.At, o.Customer, o.Amount * RateOf(o.Customer)))
            .Id("price")
            .OnError(out Stream<FailedRecord<Order>> failed)
            .To(prices);
        failed.Select(f => new Rejected(f.Record.At, f.Record.Customer, f.Operator, f.Message)).To(rejected);
    }

    private static decimal RateOf(string customer) =>
        customer == "ann" ? 0.90m : throw new FormatException($"{customer} has no rate");
    // </snippet>
}
