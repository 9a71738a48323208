using Npgsql;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Tables;

namespace Weir.PostgreSql.Reading;

/// <summary>Asks for pages of a table, and up to where it may be read.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CursorQuery<T>(
    PostgresServer server, TableCursor split, Func<NpgsqlDataReader, T> read, PostgresReadOptions options)
{
    // Sessions and prepared transactions that have written to the table, or are about to, and have not ended. Rows of partitions, and of
    // tables that inherit from this one, are read with it.
    private const string WritersQuery = """
        WITH RECURSIVE heirs (relid) AS (
            SELECT to_regclass($1)::oid
            UNION
            SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN heirs ON i.inhparent = heirs.relid)
        SELECT DISTINCT l.virtualtransaction FROM pg_catalog.pg_locks l
        WHERE l.locktype = 'relation' AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            AND l.mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
            AND (l.relation IN (SELECT relid FROM heirs)
                OR l.relation IN (SELECT relid FROM pg_catalog.pg_partition_ancestors(to_regclass($1))))
        """;

    private readonly string _cursor = CatalogReader.Quote(split.Cursor);

    /// <summary>Gets where the table is, for messages.</summary>
    public string Target => $"table {split.Table} at {server.Address}";

    private string And => options.Where is { } where ? $" AND ({where})" : "";

    /// <summary>Finds before the first row that the table cannot be read so.</summary>
    /// <exception cref="SourceException">It cannot.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        var connection = await server.Source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var table = await CatalogReader.TableAsync(connection, split.Table, cancellation).ConfigureAwait(false)
                ?? throw new SourceException(
                    $"There is no table {split.Table} at {server.Address}, or the role does not see it. Name it as SQL does: with its "
                        + "schema "
                        + "where it is not on the search path, in double quotes where its name has capital letters.");
            await RefuseStandbyAsync(connection, cancellation).ConfigureAwait(false);
            var column = table.Columns.FirstOrDefault(one => one.Name == split.Cursor)
                ?? throw new SourceException(
                    $"{table.Name} at {server.Address} has no column '{split.Cursor}' to read it by. It has "
                        + $"{string.Join(", ", table.Columns.Select(static one => one.Name))}.");
            if (column.InternalType is not ("int2" or "int4" or "int8"))
            {
                throw new SourceException(
                    $"Column '{column.Name}' of {table.Name} at {server.Address} is of type {column.Type}. A table is read by a whole "
                        + "number "
                        + "that only grows: a column GENERATED ALWAYS AS IDENTITY, or one with the default of a sequence.");
            }

            if (!table.UniqueKeys.Any(key => key is [var only] && only == split.Cursor))
            {
                throw new SourceException(
                    $"Column '{column.Name}' of {table.Name} at {server.Address} is not unique: of two rows with the same number one "
                        + "could be "
                        + $"missed. Make it so: ALTER TABLE {table.Name} ADD UNIQUE ({_cursor}).");
            }
        }
    }

    // The locks of writers are no part of the log: a standby has the rows, and does not know who is still about to commit some.
    private async ValueTask RefuseStandbyAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = "SELECT pg_catalog.pg_is_in_recovery()";
            if (await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true)
            {
                throw new SourceException(
                    $"{Target} is on a standby server, which does not know who writes to the table: rows that are committed late would be "
                        + "missed. Read from the primary, or by Postgres.Changes.");
            }
        }
    }

    /// <summary>The greatest cursor behind one; null if there is none.</summary>
    public async ValueTask<long?> LastAsync(long after, CancellationToken cancellation)
    {
        var command = server.Source.CreateCommand($"SELECT max({_cursor})::bigint FROM {split.Table} WHERE {_cursor} > $1");
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
            return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as long?;
        }
    }

    /// <summary>The transactions that may still write rows with cursors that they have taken.</summary>
    public async ValueTask<HashSet<string>> WritersAsync(CancellationToken cancellation)
    {
        var writers = new HashSet<string>(StringComparer.Ordinal);
        var command = server.Source.CreateCommand(WritersQuery);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = split.Table });
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    writers.Add(reader.GetString(0));
                }
            }
        }

        return writers;
    }

    /// <summary>The next rows, in order of their cursors.</summary>
    /// <param name="after">Behind which cursor.</param>
    /// <param name="upTo">Up to which one.</param>
    /// <param name="page">Where they go.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public async ValueTask PageAsync(long after, long upTo, List<(long Cursor, T Record)> page, CancellationToken cancellation)
    {
        var command = server.Source.CreateCommand(
            $"SELECT {options.Columns}, {_cursor}::bigint AS \"weir cursor\" FROM {split.Table} WHERE {_cursor} > $1 AND {_cursor} <= "
                + $"$2{And} "
                + $"ORDER BY {_cursor} LIMIT $3");
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = upTo });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = options.PageRows });
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    var cursor = reader.GetInt64(reader.FieldCount - 1);
                    try
                    {
                        page.Add((cursor, read(reader)));
                    }
                    catch (Exception failure) when (failure is not (NpgsqlException or OperationCanceledException))
                    {
                        throw new SourceException(
                            $"The row of {Target} with {split.Cursor} = {cursor} cannot be read: {failure.Message}", failure);
                    }
                }
            }
        }
    }
}
