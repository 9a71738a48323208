using System.Globalization;

namespace Weir.PostgreSql.Tests.Doubles;

/// <summary>A row of most tests.</summary>
public sealed record Row(long Id, string? Name, decimal Amount, DateTime At)
{
    public const string Table = "id bigint NOT NULL, name text, amount numeric(12,2) NOT NULL, at timestamptz NOT NULL";

    public static Row Of(long id) => new(
        id, id % 7 == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"name {id}"), id / 4m, DateTime.UnixEpoch.AddSeconds(id));

    public static void Columns(PostgresColumns<Row> columns) => columns
        .Column("id", row => row.Id)
        .Column("name", row => row.Name)
        .Column("amount", row => row.Amount)
        .Column("at", row => row.At);
}
