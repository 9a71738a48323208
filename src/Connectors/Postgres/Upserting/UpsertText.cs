using Weir.PostgreSql.Tables;

namespace Weir.PostgreSql.Upserting;

/// <summary>The commands of an upsert. Pure.</summary>
/// <remarks>
/// Rows are copied into a temporary table, and go from there into the table by one command: COPY itself knows no conflicts. Which keys are
/// the same is for the server to say, by the types and collations of the columns.
/// </remarks>
internal sealed record UpsertText
{
    /// <summary>The column with the number of a row.</summary>
    public const string Number = "weir number";

    /// <summary>The column that says whether a row is to be taken out.</summary>
    public const string Gone = "weir gone";

    private const string Staging = "pg_temp.weir_upsert";

    /// <summary>Makes the commands.</summary>
    /// <param name="table">The table, quoted.</param>
    /// <param name="columns">The columns to write.</param>
    /// <param name="keys">Those of them that are the key.</param>
    public static UpsertText Of(string table, IReadOnlyList<string> columns, IReadOnlyList<string> keys)
    {
        var (all, key) = (List(columns), List(keys));
        var (number, gone) = (CatalogReader.Quote(Number), CatalogReader.Quote(Gone));
        var values = columns.Except(keys).Select(CatalogReader.Quote).ToList();
        var update = values.Count == 0 ? "NOTHING" : $"UPDATE SET {string.Join(", ", values.Select(name => $"{name} = EXCLUDED.{name}"))}";
        var isSame = string.Join(" AND ", keys.Select(CatalogReader.Quote).Select(name => $"t.{name} = l.{name}"));
        return new UpsertText
        {
            Stage = $"""
                CREATE TEMPORARY TABLE weir_upsert ON COMMIT DELETE ROWS AS
                SELECT 0 AS {number}, false AS {gone}, {all} FROM {table} WITH NO DATA;
                ALTER TABLE {Staging} {string.Join(", ", keys.Select(name => $"ALTER {CatalogReader.Quote(name)} SET NOT NULL"))}
                """,
            Copy = $"COPY {Staging} ({number}, {gone}, {all}) FROM STDIN (FORMAT binary)",
            Apply = $"""
                WITH l AS MATERIALIZED (
                    SELECT DISTINCT ON ({key}) * FROM {Staging} ORDER BY {key}, {number} DESC),
                gone AS (DELETE FROM {table} t USING l WHERE l.{gone} AND {isSame})
                INSERT INTO {table} ({all}) SELECT {all} FROM l WHERE NOT {gone} ORDER BY {key}
                ON CONFLICT ({key}) DO {update}
                """,
            ApplyWithoutDeletes = $"""
                INSERT INTO {table} ({all})
                SELECT {all} FROM (SELECT DISTINCT ON ({key}) * FROM {Staging} ORDER BY {key}, {number} DESC) l ORDER BY {key}
                ON CONFLICT ({key}) DO {update}
                """,
        };
    }

    /// <summary>Gets what makes the temporary table of a session.</summary>
    public required string Stage { get; init; }

    /// <summary>Gets what begins to send rows into it.</summary>
    public required string Copy { get; init; }

    /// <summary>Gets what puts its rows into the table, and takes out of it what is gone.</summary>
    public required string Apply { get; init; }

    /// <summary>Gets what puts its rows into the table, where none is ever gone: needs no right to delete.</summary>
    public required string ApplyWithoutDeletes { get; init; }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(CatalogReader.Quote));
}
