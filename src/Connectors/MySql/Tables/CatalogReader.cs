using System.Globalization;
using MySqlConnector;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Tables;

/// <summary>Asks the catalog of a server.</summary>
internal static class CatalogReader
{
    private static readonly string[] IdleSettings = ["wait_timeout", "idle_transaction_timeout", "idle_write_transaction_timeout"];

    // Those that a server does not have are missing in the answer.
    private const string Variables = """
        SHOW VARIABLES WHERE Variable_name IN ('version', 'server_uid', 'server_uuid', 'max_allowed_packet', 'wsrep_on', 'log_bin',
            'binlog_format', 'wait_timeout', 'idle_transaction_timeout', 'idle_write_transaction_timeout')
        """;

    private const string TableQuery = """
        SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_TYPE, t.ENGINE, coalesce(e.XA, 'NO') = 'YES'
        FROM information_schema.TABLES t LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE
        WHERE t.TABLE_SCHEMA = coalesce(?, DATABASE()) AND t.TABLE_NAME = ?
        """;

    private const string ColumnQuery = """
        SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, IS_NULLABLE = 'NO' AND COLUMN_DEFAULT IS NULL AND EXTRA NOT LIKE '%auto_increment%'
            AND EXTRA NOT LIKE '%DEFAULT_GENERATED%', coalesce(GENERATION_EXPRESSION, '') <> ''
        FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION
        """;

    private const string KeyQuery = """
        SELECT INDEX_NAME, COLUMN_NAME, SUB_PART IS NOT NULL FROM information_schema.STATISTICS
        WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? AND NON_UNIQUE = 0 ORDER BY INDEX_NAME, SEQ_IN_INDEX
        """;

    /// <summary>What a sink needs to know of the server.</summary>
    public static async ValueTask<ServerFacts> ServerAsync(MySqlConnection connection, CancellationToken cancellation)
    {
        var found = (await connection.ListAsync(
                Variables, static row => (Name: row.GetString(0), Value: row.GetString(1)), cancellation).ConfigureAwait(false))
            .ToDictionary(static one => one.Name, static one => one.Value, StringComparer.OrdinalIgnoreCase);
        (string Setting, double Seconds)[] limits =
        [
            .. IdleSettings.Select(name => (name, double.Parse(found.GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture)))
                .Where(static limit => limit.Item2 > 0)
                .OrderBy(static limit => limit.Item2),
        ];
        return new ServerFacts(
            found.GetValueOrDefault("server_uuid") ?? found.GetValueOrDefault("server_uid") ?? "",
            found.GetValueOrDefault("version", ""),
            long.Parse(found.GetValueOrDefault("max_allowed_packet", "1048576"), CultureInfo.InvariantCulture),
            found.GetValueOrDefault("wsrep_on", "OFF") == "ON",
            found.GetValueOrDefault("log_bin", "OFF") == "ON" && found.GetValueOrDefault("binlog_format", "ROW") == "STATEMENT",
            limits.Length == 0 ? null : TimeSpan.FromSeconds(limits[0].Seconds),
            limits.Length == 0 ? "" : limits[0].Setting);
    }

    /// <summary>What the catalog says of a table; null if there is none of this name that the user sees.</summary>
    public static async ValueTask<TableFacts?> TableAsync(
        MySqlConnection connection, TableName name, CancellationToken cancellation)
    {
        var tables = await connection.ListAsync(
            TableQuery,
            static row => (
                Name: new TableName(row.GetString(0), row.GetString(1)),
                Type: row.GetString(2),
                Engine: row.IsDBNull(3) ? null : row.GetString(3),
                HasXa: row.GetBoolean(4)),
            cancellation,
            name.Database ?? (object)DBNull.Value,
            name.Name).ConfigureAwait(false);
        if (tables.Count == 0)
        {
            return null;
        }

        var (found, type, engine, hasXa) = tables[0];
        var columns = await connection.ListAsync(
            ColumnQuery,
            static row => new ColumnFacts(
                row.GetString(0), row.GetString(1), row.GetString(2).ToLowerInvariant(), row.GetBoolean(3), row.GetBoolean(4)),
            cancellation,
            found.Database!,
            found.Name).ConfigureAwait(false);
        var parts = await connection.ListAsync(
            KeyQuery,
            static row => (Index: row.GetString(0), Column: row.IsDBNull(1) ? null : row.GetString(1), IsPrefix: row.GetBoolean(2)),
            cancellation,
            found.Database!,
            found.Name).ConfigureAwait(false);
        return new TableFacts(
            found.ToString(),
            type,
            engine,
            hasXa,
            columns,
            [
                .. parts.GroupBy(static part => part.Index)
                    .Where(static index => index.All(static part => part is { Column: not null, IsPrefix: false }))
                    .Select(static index => (IReadOnlyList<string>)[.. index.Select(static part => part.Column!)]),
            ]);
    }
}
