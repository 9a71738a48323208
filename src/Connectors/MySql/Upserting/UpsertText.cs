using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Upserting;

/// <summary>The commands of an upsert. Pure.</summary>
/// <remarks>
/// Rows are inserted into a temporary table, and go from there into the table in the order of the key, so that two subtasks never wait for
/// each other. Which keys are the same is for the server to say, by the types and collations of the columns.
/// </remarks>
internal sealed record UpsertText
{
    /// <summary>The temporary table of a session.</summary>
    public const string Staging = "weir_upsert";

    /// <summary>The column with the number of a row.</summary>
    public const string Number = "weir number";

    /// <summary>The column that says whether a row is to be taken out.</summary>
    public const string Gone = "weir gone";

    private const string Rank = "weir rank";

    /// <summary>Gets what makes the temporary table of a session.</summary>
    public required string Stage { get; init; }

    /// <summary>Gets what takes out of the table what is gone.</summary>
    public required string Delete { get; init; }

    /// <summary>Gets what puts rows into the table.</summary>
    public required string Put { get; init; }

    /// <summary>Makes the commands.</summary>
    /// <param name="table">The table, quoted.</param>
    /// <param name="columns">The columns to write.</param>
    /// <param name="keys">Those of them that are the key.</param>
    public static UpsertText Of(string table, IReadOnlyList<string> columns, IReadOnlyList<string> keys)
    {
        var (all, key) = (List(columns), List(keys));
        var (number, gone, rank) = (Commands.Quote(Number), Commands.Quote(Gone), Commands.Quote(Rank));
        var values = columns.Except(keys).Select(Commands.Quote).ToList();
        var update = values.Count > 0
            ? string.Join(", ", values.Select(static name => $"{name} = VALUES({name})"))
            : $"{Commands.Quote(keys[0])} = VALUES({Commands.Quote(keys[0])})";
        var last = $"""
            (SELECT s.*, ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY {number} DESC) AS {rank} FROM {Staging} s) l
            """;
        var isSame = string.Join(" AND ", keys.Select(Commands.Quote).Select(name => $"t.{name} = l.{name}"));
        return new UpsertText
        {
            Stage = $"CREATE TEMPORARY TABLE {Staging} ENGINE = InnoDB AS SELECT 0 AS {number}, 0 AS {gone}, {all} FROM {table} LIMIT 0",
            Delete = $"DELETE t FROM {table} t JOIN {last} ON {isSame} WHERE l.{rank} = 1 AND l.{gone} = 1",
            Put = $"""
                INSERT INTO {table} ({all}) SELECT {all} FROM {last} WHERE {rank} = 1 AND {gone} = 0 ORDER BY {key}
                ON DUPLICATE KEY UPDATE {update}
                """,
        };
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Commands.Quote));
}
