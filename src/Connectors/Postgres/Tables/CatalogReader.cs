using Npgsql;
using Weir.PostgreSql.Transactions;

namespace Weir.PostgreSql.Tables;

/// <summary>Asks the catalog of a database.</summary>
internal static class CatalogReader
{
    // The id of the cluster may be asked for by all roles, unless somebody has taken that right away.
    private const string ServerQuery = """
        SELECT current_database()::text, current_user::text, current_setting('server_version_num')::int,
            current_setting('max_prepared_transactions')::int,
            pg_is_in_recovery() OR current_setting('transaction_read_only')::bool,
            coalesce((SELECT setting::bigint FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'), 0),
            coalesce((SELECT setting::bigint FROM pg_settings WHERE name = 'transaction_timeout'), 0),
            has_function_privilege('pg_catalog.pg_control_system()', 'execute')
        """;

    private const string TableQuery = """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), c.relkind, c.relpersistence, row_security_active(c.oid),
            has_table_privilege(c.oid, 'insert'), c.oid::bigint
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = to_regclass($1)
        """;

    private const string ColumnQuery = """
        SELECT a.attname::text, format_type(b.oid, NULL), b.typname::text, b.typtype = 'e',
            (a.attnotnull OR t.typnotnull) AND NOT a.atthasdef AND a.attidentity = '' AND t.typdefault IS NULL,
            a.attgenerated <> '', has_column_privilege(a.attrelid, a.attnum, 'insert')
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        JOIN LATERAL (
            WITH RECURSIVE base(oid, typtype, typbasetype) AS (
                SELECT t.oid, t.typtype, t.typbasetype
                UNION ALL
                SELECT p.oid, p.typtype, p.typbasetype FROM base JOIN pg_catalog.pg_type p ON p.oid = base.typbasetype
                WHERE base.typtype = 'd')
            SELECT oid FROM base WHERE typtype <> 'd') d ON true
        JOIN pg_catalog.pg_type b ON b.oid = d.oid
        WHERE a.attrelid = $1::bigint::oid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """;

    private const string KeyQuery = """
        SELECT array(
            SELECT a.attname::text FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = i.indrelid AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1]) ORDER BY a.attnum)
        FROM pg_catalog.pg_index i
        WHERE i.indrelid = $1::bigint::oid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indimmediate
        """;

    /// <summary>What a sink needs to know of the server.</summary>
    public static async ValueTask<ServerFacts> ServerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var (facts, maySystem) = await ReadServerAsync(connection, cancellation).ConfigureAwait(false);
        if (!maySystem)
        {
            return facts;
        }

        var command = new NpgsqlCommand("SELECT system_identifier::text FROM pg_catalog.pg_control_system()", connection);
        await using (command.ConfigureAwait(false))
        {
            var system = (string)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
            return facts with { Identity = facts.Identity with { System = system } };
        }
    }

    /// <summary>What the catalog says of a table; null if there is none of this name.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="name">The name, as SQL has it: with or without a schema, quoted where it must be.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public static async ValueTask<TableFacts?> TableAsync(
        NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        long oid;
        TableFacts facts;
        var command = new NpgsqlCommand(TableQuery, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = name } } };
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                if (!await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    return null;
                }

                oid = reader.GetInt64(5);
                facts = new TableFacts(
                    reader.GetString(0), reader.GetChar(1), reader.GetChar(2), reader.GetBoolean(3), reader.GetBoolean(4), [], []);
            }
        }

        return facts with
        {
            Columns = await ColumnsAsync(connection, oid, cancellation).ConfigureAwait(false),
            UniqueKeys = await KeysAsync(connection, oid, cancellation).ConfigureAwait(false),
        };
    }

    private static async ValueTask<(ServerFacts Facts, bool MaySystem)> ReadServerAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(ServerQuery, connection);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                _ = await reader.ReadAsync(cancellation).ConfigureAwait(false);
                var facts = new ServerFacts(
                    new ServerIdentity("", reader.GetString(0)),
                    reader.GetInt32(2),
                    reader.GetString(1),
                    reader.GetInt32(3),
                    reader.GetBoolean(4),
                    LimitOf(reader.GetInt64(5)),
                    LimitOf(reader.GetInt64(6)));
                return (facts, reader.GetBoolean(7));
            }
        }
    }

    private static async ValueTask<IReadOnlyList<ColumnFacts>> ColumnsAsync(
        NpgsqlConnection connection, long oid, CancellationToken cancellation)
    {
        var columns = new List<ColumnFacts>();
        var command = new NpgsqlCommand(ColumnQuery, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = oid } } };
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    columns.Add(new ColumnFacts(
                        reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4),
                        reader.GetBoolean(5), reader.GetBoolean(6)));
                }
            }
        }

        return columns;
    }

    private static async ValueTask<IReadOnlyList<IReadOnlyList<string>>> KeysAsync(
        NpgsqlConnection connection, long oid, CancellationToken cancellation)
    {
        var keys = new List<IReadOnlyList<string>>();
        var command = new NpgsqlCommand(KeyQuery, connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = oid } } };
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    keys.Add(reader.GetFieldValue<string[]>(0));
                }
            }
        }

        return keys;
    }

    private static TimeSpan? LimitOf(long ms) => ms == 0 ? null : TimeSpan.FromMilliseconds(ms);

    /// <summary>A name as SQL needs it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
