using Npgsql;
using NpgsqlTypes;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Changes;

/// <summary>Finds before the first change that a slot cannot be followed, or not from where the job goes on, and says what to do.</summary>
/// <param name="server">The server.</param>
/// <param name="slot">The slot.</param>
/// <param name="publication">The publication.</param>
/// <param name="options">How to follow it.</param>
internal sealed class ReplicationCheck(PostgresServer server, string slot, string publication, PostgresChangesOptions options)
{
    private const string AnewAdvice =
        "If there is none, tables have to be read anew: give the source another id, make a slot again, and load what was there before.";

    /// <summary>Looks at everything as a job starts without a checkpoint, and makes the slot if that is asked for.</summary>
    /// <returns>From where the slot has changes.</returns>
    /// <exception cref="SourceException">It cannot be followed.</exception>
    public async ValueTask<NpgsqlLogSequenceNumber> BeginAsync(CancellationToken cancellation)
    {
        var connection = await server.Source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var facts = await ServerAsync(connection, cancellation).ConfigureAwait(false);

            // Before the slot is made: a slot that is older than the publication cannot be read by it.
            await TablesAsync(connection, cancellation).ConfigureAwait(false);
            if (await ReplicationCatalog.SlotAsync(connection, slot, cancellation).ConfigureAwait(false) is { } found)
            {
                return Confirmed(found, facts);
            }

            return options.CreatesSlot
                ? await ReplicationCatalog.CreateAsync(connection, slot, cancellation).ConfigureAwait(false)
                : throw new SourceException(
                    $"There is no replication slot '{slot}' at {server.Address}. Make it, SELECT "
                        + $"pg_create_logical_replication_slot('{slot}', "
                        + "'pgoutput'), or set CreatesSlot. Changes are read from then on.");
        }
    }

    /// <summary>Looks at everything as reading goes on.</summary>
    /// <param name="from">From where changes are needed.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>What the server says of itself, and the tables to read; all if they are null.</returns>
    /// <exception cref="SourceException">It cannot be followed from there.</exception>
    public async ValueTask<(ReplicationFacts Server, HashSet<string>? Tables)> GoOnAsync(
        NpgsqlLogSequenceNumber from, CancellationToken cancellation)
    {
        var connection = await server.Source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var facts = await ServerAsync(connection, cancellation).ConfigureAwait(false);
            var tables = await TablesAsync(connection, cancellation).ConfigureAwait(false);
            var found = await ReplicationCatalog.SlotAsync(connection, slot, cancellation).ConfigureAwait(false)
                ?? throw new SourceException(
                    $"The replication slot '{slot}' at {server.Address} is gone, and with it what was changed since {from}, up to where "
                        + $"the checkpoint has read. {AnewAdvice}");
            var confirmed = Confirmed(found, facts);
            return confirmed <= from ? (facts, tables) : throw new SourceException(
                $"The replication slot '{slot}' at {server.Address} has been confirmed up to {confirmed}, and the checkpoint has read "
                    + "up to "
                    + $"{from}: the changes between are gone. The checkpoint is older than the newest one of this job, or somebody else "
                    + $"has read the slot. Start from the newest checkpoint. {AnewAdvice}");
        }
    }

    private async ValueTask<ReplicationFacts> ServerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var facts = await ReplicationCatalog.ServerAsync(connection, cancellation).ConfigureAwait(false);
        return facts.WalLevel == "logical" ? facts : throw new SourceException(
            $"The server at {server.Address} writes its log with wal_level = {facts.WalLevel}, which has no changes of rows. Say ALTER "
                + "SYSTEM "
                + "SET wal_level = 'logical' and restart the server.");
    }

    private NpgsqlLogSequenceNumber Confirmed(SlotFacts found, ReplicationFacts facts)
    {
        if (found.Plugin != "pgoutput" || found.Database != facts.Database)
        {
            throw new SourceException(
                $"The replication slot '{slot}' at {server.Address} is "
                    + (found.Plugin is null ? "a physical one" : $"one of database '{found.Database}' for {found.Plugin}")
                    + $", and a logical one of database '{facts.Database}' for pgoutput is needed. Name another slot.");
        }

        return !found.IsLost && found.Confirmed is { } confirmed ? confirmed : throw new SourceException(
            $"The server at {server.Address} has thrown away log that the replication slot '{slot}' needs: nobody read it for long, and "
                + $"max_slot_wal_keep_size or a time-out ended it. Changes are lost. {AnewAdvice}");
    }

    private async ValueTask<HashSet<string>?> TablesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var facts = await ReplicationCatalog.PublicationAsync(connection, publication, cancellation).ConfigureAwait(false)
            ?? throw new SourceException(
                $"There is no publication '{publication}' at {server.Address}. Make it: CREATE PUBLICATION {publication} FOR TABLE "
                    + $"{(options.Tables.Count > 0 ? string.Join(", ", options.Tables) : "…")}.");
        if (options.Tables.Count == 0)
        {
            return null;
        }

        var tables = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in options.Tables)
        {
            var name = await ReplicationCatalog.TableAsync(connection, table, cancellation).ConfigureAwait(false)
                ?? throw new SourceException(
                    $"There is no table {table} at {server.Address}, or the role does not see it. Name it as SQL does: with its schema "
                        + "where it is not on the search path, in double quotes where its name has capital letters.");
            tables.Add(facts.Tables.Contains(name) ? name : throw new SourceException(
                $"Table {table} is not in publication '{publication}' at {server.Address}, so that its changes do not come. Add it: ALTER "
                    + $"PUBLICATION {publication} ADD TABLE {table}. It has {string.Join(", ", facts.Tables)}."));
        }

        return tables;
    }
}
