using Weir.Databases.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Doubles;

/// <summary>The table of most tests, and the columns of a <see cref="Row"/> in it.</summary>
internal static class RowTable
{
    public const string Definition = "id bigint NOT NULL, name text, amount numeric(12,2) NOT NULL, at timestamptz NOT NULL";

    public static void Columns(PostgresColumns<Row> columns) => columns
        .Column("id", row => row.Id)
        .Column("name", row => row.Name)
        .Column("amount", row => row.Amount)
        .Column("at", row => row.At);
}
