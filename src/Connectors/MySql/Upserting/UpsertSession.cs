using MySqlConnector;
using Weir.Databases;
using Weir.Databases.Values;
using Weir.MySqlServers.Server;
using Weir.MySqlServers.Tables;
using Weir.MySqlServers.Writing;

namespace Weir.MySqlServers.Upserting;

/// <summary>A connection with a temporary table, through which rows go into the table.</summary>
/// <typeparam name="T">What rows are made of.</typeparam>
internal sealed class UpsertSession<T> : IUpsertSession<T>
{
    private readonly MySqlConnection _connection;
    private readonly RowInsert<UpsertRow<T>> _insert;
    private readonly string _apply;

    private UpsertSession(MySqlConnection connection, UpsertText text, TablePlan<T> plan, bool mayDelete, string target)
    {
        _connection = connection;
        _apply = mayDelete ? $"{text.Delete}; {text.Put}" : text.Put;
        _insert = new RowInsert<UpsertRow<T>>(
            connection,
            UpsertText.Staging,
            [
                new BoundValue<UpsertRow<T>>(UpsertText.Number, static row => row.Number),
                new BoundValue<UpsertRow<T>>(UpsertText.Gone, static row => row.IsGone ? 1 : 0),
                .. plan.Columns.Select(static column => new BoundValue<UpsertRow<T>>(column.Name, row => column.Of(row.Record))),
            ],
            plan.Server.MaxPacketBytes,
            target);
    }

    /// <summary>Connects, and runs everything once without a row: what is not allowed shows now.</summary>
    public static async ValueTask<UpsertSession<T>> BeginAsync(
        MySqlServer server, UpsertText text, TablePlan<T> plan, bool mayDelete, string target, CancellationToken cancellation)
    {
        var connection = await server.OpenOwnAsync(cancellation).ConfigureAwait(false);
        var session = new UpsertSession<T>(connection, text, plan, mayDelete, target);
        try
        {
            // Locks on rows alone, and none on what is between them.
            var isolation = plan.Server.LogsStatements ? "" : "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; ";
            _ = await connection.ExecuteAsync($"{isolation}{text.Stage}; {session._apply}", cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask SendAsync(IReadOnlyList<UpsertRow<T>> rows, CancellationToken cancellation)
    {
        _ = await _connection.ExecuteAsync("START TRANSACTION", cancellation).ConfigureAwait(false);
        await _insert.SendAsync(rows, 0, cancellation).ConfigureAwait(false);

        // The commit by itself: a server that waits for a lock while its client dies finds nobody behind it, and rolls back. Sent together
        // it would commit when the lock is free, over what the next attempt has written.
        _ = await _connection.ExecuteAsync($"{_apply}; DELETE FROM {UpsertText.Staging}", cancellation).ConfigureAwait(false);
        _ = await _connection.ExecuteAsync("COMMIT", cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
