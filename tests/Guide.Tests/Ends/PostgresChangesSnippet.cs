namespace Weir.Guide.Tests.Ends;

internal static class PostgresChangesSnippet
{
    // <snippet postgres-changes>
    public sealed record OrderMoved(string Customer, decimal Amount, DateTime At);

    public static ISource<OrderMoved> Changes(string connectionString) => Postgres.Changes(
        connectionString,
        publication: "orders_changes",
        slot: "orders_totals",
        change => new OrderMoved(
            (change.After ?? change.Before!).Get<string>("customer"),
            (change.After?.Get<decimal>("amount") ?? 0) - (change.Before?.Get<decimal>("amount") ?? 0),
            change.CommitTime),
        new PostgresChangesOptions { Tables = ["orders"], CreatesSlot = true });
    // </snippet>
}
