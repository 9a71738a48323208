using Weir.Databases.Tests.Doubles;

namespace Weir.MySqlServers.Tests.Doubles;

/// <summary>The table of most tests, and the columns of a <see cref="Row"/> in it.</summary>
internal static class RowTable
{
    public const string Definition = "id bigint NOT NULL, name varchar(100), amount decimal(12,2) NOT NULL, at datetime(6) NOT NULL";

    public static void Columns(MySqlColumns<Row> columns) => columns
        .Column("id", row => row.Id)
        .Column("name", row => row.Name)
        .Column("amount", row => row.Amount)
        .Column("at", row => row.At);
}
