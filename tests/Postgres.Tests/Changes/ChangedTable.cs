using System.Collections.Concurrent;
using Weir.PostgreSql.Tests.Doubles;

namespace Weir.PostgreSql.Tests.Changes;

/// <summary>A table with a publication and a slot of its own, and a job that reads its changes.</summary>
internal sealed class ChangedTable : IAsyncDisposable
{
    private readonly Database _database;

    private ChangedTable(Database database, string name) => (_database, Name) = (database, name);

    public string Name { get; }

    public string Slot => $"{Name}_slot";

    public string Publication => $"{Name}_pub";

    public static async Task<ChangedTable> MakeAsync(
        Database database, string columns = "id bigint PRIMARY KEY, name text", bool makesSlot = true, bool isFull = false)
    {
        var table = new ChangedTable(database, await database.TableAsync(columns));
        await database.ExecuteAsync(
            $"""
            DROP PUBLICATION IF EXISTS {table.Publication}; CREATE PUBLICATION {table.Publication} FOR TABLE {table.Name};
            SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{table.Slot}'
            """);
        if (isFull)
        {
            await database.ExecuteAsync($"ALTER TABLE {table.Name} REPLICA IDENTITY FULL");
        }

        if (makesSlot)
        {
            await database.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{table.Slot}', 'pgoutput')");
        }

        return table;
    }

    /// <summary>Has the slot begin here, once nobody reads it.</summary>
    public async Task RemakeSlotAsync()
    {
        await DropSlotAsync();
        await _database.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{Slot}', 'pgoutput')");
    }

    public Task ExecuteAsync(string sql) => _database.ExecuteAsync(sql.Replace("{t}", Name, StringComparison.Ordinal));

    /// <summary>Where the server may have forgotten what stands before.</summary>
    public Task<string> ConfirmedAsync() =>
        _database.ScalarAsync<string>($"SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE slot_name = '{Slot}'");

    /// <summary>When the server last heard of whoever reads the slot.</summary>
    public Task<DateTime> HeardAsync() => _database.ScalarAsync<DateTime>(
        "SELECT coalesce((SELECT reply_time FROM pg_stat_replication WHERE pid = "
            + $"(SELECT active_pid FROM pg_replication_slots WHERE slot_name = '{Slot}')), '-infinity')");

    /// <summary>Ends the connection of whoever reads the slot.</summary>
    public Task EndReplicationAsync() => _database.ExecuteAsync(
        $"SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '{Slot}' AND active_pid IS NOT NULL");

    public ISource<T> Source<T>(Func<RowChange, T> read, PostgresChangesOptions? options = null, string extra = "") =>
        Postgres.Changes(_database.ConnectionString + extra, Publication, Slot, read, options);

    /// <summary>All changes up to now, by a job that ends.</summary>
    public Task<IReadOnlyList<string>> ReadAsync(PostgresChangesOptions? options = null) => ReadAsync(static change => $"{change.Kind switch
    {
        RowChangeKind.Insert => "+",
        RowChangeKind.Update => "~",
        _ => "-",
    }} {change.Before} → {change.After}", options);

    public async Task<IReadOnlyList<string>> ReadAsync(Func<RowChange, string> read, PostgresChangesOptions? options = null)
    {
        var rows = new ConcurrentQueue<string>();
        var job = new Job($"changes_{Name}");
        job.From(Source(read, (options ?? new()) with { EndsWhenRead = true })).To(rows.Enqueue);
        await job.RunAsync(new JobOptions { RestartStrategy = RestartStrategy.None }, TestContext.Current.CancellationToken);
        return [.. rows];
    }

    public async ValueTask DisposeAsync() => await DropSlotAsync();

    private Task DropSlotAsync() => _database.ExecuteAsync(
        $"""
        SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '{Slot}' AND active_pid IS NOT NULL;
        DO $$ BEGIN
            FOR i IN 1..100 LOOP
                EXIT WHEN NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{Slot}' AND active);
                PERFORM pg_sleep(0.02);
            END LOOP;
        END $$;
        SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{Slot}'
        """);
}
