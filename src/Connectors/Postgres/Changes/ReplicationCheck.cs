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
    private string Name => $"'{slot}' at {server.Address}";

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
                ?? throw new SourceException(SlotRefusal.OfMissing(Name, from));
            Confirmed(found, facts, from);
            return (facts, tables);
        }
    }

    private async ValueTask<ReplicationFacts> ServerAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var facts = await ReplicationCatalog.ServerAsync(connection, cancellation).ConfigureAwait(false);
        return SlotRefusal.Of(facts) is { } refusal ? throw new SourceException($"The server at {server.Address} {refusal}") : facts;
    }

    private NpgsqlLogSequenceNumber Confirmed(SlotFacts found, ReplicationFacts facts, NpgsqlLogSequenceNumber? from = null) =>
        SlotRefusal.Of(Name, found, facts.Database, from) is { } refusal ? throw new SourceException(refusal) : found.Confirmed!.Value;

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
