using Npgsql;
using NpgsqlTypes;

namespace Weir.PostgreSql.Changes;

/// <summary>Asks the server about slots and publications.</summary>
internal static class ReplicationCatalog
{
    private const string Server = """
        SELECT current_setting('wal_level'), current_database(),
            (SELECT setting::int FROM pg_catalog.pg_settings WHERE name = 'wal_sender_timeout'),
            CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END
        """;

    private const string Slot = """
        SELECT plugin, database, active_pid, confirmed_flush_lsn, coalesce(wal_status = 'lost', false)
        FROM pg_catalog.pg_replication_slots WHERE slot_name = $1
        """;

    private const string Publication = """
        SELECT array_remove(ARRAY[CASE WHEN pubinsert THEN 'insert' END, CASE WHEN pubupdate THEN 'update' END,
            CASE WHEN pubdelete THEN 'delete' END, CASE WHEN pubtruncate THEN 'truncate' END], NULL),
            ARRAY(SELECT schemaname || '.' || tablename FROM pg_catalog.pg_publication_tables t WHERE t.pubname = p.pubname ORDER BY 1)
        FROM pg_catalog.pg_publication p WHERE pubname = $1
        """;

    private const string Table = """
        SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = to_regclass($1)
        """;

    public static async ValueTask<ReplicationFacts> ServerAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        (await FirstAsync(
            connection,
            Server,
            null,
            row => new ReplicationFacts(
                row.GetString(0),
                row.GetString(1),
                TimeSpan.FromMilliseconds(row.GetInt32(2)),
                row.GetFieldValue<NpgsqlLogSequenceNumber>(3)),
            cancellation).ConfigureAwait(false))!;

    /// <summary>A slot; null if there is none.</summary>
    public static ValueTask<SlotFacts?> SlotAsync(NpgsqlConnection connection, string name, CancellationToken cancellation) => FirstAsync(
        connection,
        Slot,
        name,
        row => new SlotFacts(
            row.IsDBNull(0) ? null : row.GetString(0),
            row.IsDBNull(1) ? null : row.GetString(1),
            row.IsDBNull(2) ? null : row.GetInt32(2),
            row.IsDBNull(3) ? null : row.GetFieldValue<NpgsqlLogSequenceNumber>(3),
            row.GetBoolean(4)),
        cancellation);

    /// <summary>A publication; null if there is none.</summary>
    public static ValueTask<PublicationFacts?> PublicationAsync(
        NpgsqlConnection connection, string name, CancellationToken cancellation) => FirstAsync(
        connection,
        Publication,
        name,
        row => new PublicationFacts(row.GetFieldValue<string[]>(0), row.GetFieldValue<string[]>(1)),
        cancellation);

    /// <summary>The name of a table with its schema, as changes say it; null if there is none that the role sees.</summary>
    public static ValueTask<string?> TableAsync(NpgsqlConnection connection, string name, CancellationToken cancellation) =>
        FirstAsync(connection, Table, name, row => row.GetString(0), cancellation);

    /// <summary>Makes a slot. Waits for the transactions that are open.</summary>
    /// <returns>From where it has changes.</returns>
    public static async ValueTask<NpgsqlLogSequenceNumber> CreateAsync(
        NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand("SELECT lsn FROM pg_create_logical_replication_slot($1, 'pgoutput')", connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            return (NpgsqlLogSequenceNumber)(await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
        }
    }

    private static async ValueTask<TRow?> FirstAsync<TRow>(
        NpgsqlConnection connection, string sql, string? name, Func<NpgsqlDataReader, TRow> read, CancellationToken cancellation)
        where TRow : class
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            if (name is not null)
            {
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            }

            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                return await reader.ReadAsync(cancellation).ConfigureAwait(false) ? read(reader) : null;
            }
        }
    }
}
