namespace Weir.Guide.Tests.Ends;

internal static class PostgresSourceSnippet
{
    // <snippet postgres-source>
    public sealed record Placed(long Id, string Customer);

    public static ISource<Placed> Placements(string connectionString) => Postgres.Read(
        connectionString,
        "orders",
        cursor: "id",
        row => new Placed(row.GetInt64(0), row.GetString(1)),
        new PostgresReadOptions { Columns = "id, customer" });
    // </snippet>
}
