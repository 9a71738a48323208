using Npgsql;
using Weir.Databases;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Writing;

namespace Weir.PostgreSql.Upserting;

/// <summary>A connection with a temporary table, through which rows go into the table.</summary>
/// <typeparam name="T">What rows are made of.</typeparam>
internal sealed class UpsertSession<T> : IUpsertSession<T>
{
    private readonly NpgsqlConnection _connection;
    private readonly UpsertText _text;
    private readonly IReadOnlyList<BoundColumn<UpsertRow<T>>> _columns;
    private readonly string _apply;
    private readonly string _target;

    private UpsertSession(
        NpgsqlConnection connection, UpsertText text, IReadOnlyList<BoundColumn<UpsertRow<T>>> columns, bool mayDelete, string target)
    {
        _columns = columns;
        _target = target;
        _connection = connection;
        _text = text;
        _apply = mayDelete ? text.Apply : text.ApplyWithoutDeletes;
    }

    /// <summary>Connects, and runs everything once without a row: what is not allowed shows now.</summary>
    public static async ValueTask<UpsertSession<T>> BeginAsync(
        NpgsqlDataSource source, UpsertText text, IReadOnlyList<BoundColumn<UpsertRow<T>>> columns, bool mayDelete, string target,
        CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        var session = new UpsertSession<T>(connection, text, columns, mayDelete, target);
        try
        {
            await session.ExecuteAsync($"{text.Stage}; {session._apply}", cancellation).ConfigureAwait(false);
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
        await ExecuteAsync("BEGIN", cancellation).ConfigureAwait(false);
        await RowCopy.SendAsync(_connection, _text.Copy, _columns, rows, 0, _target, cancellation).ConfigureAwait(false);

        // The commit by itself: a server that waits for a lock while its client dies finds nobody behind it, and rolls back. Sent together
        // it would commit when the lock is free, over what the next attempt has written.
        await ExecuteAsync(_apply, cancellation).ConfigureAwait(false);
        await ExecuteAsync("COMMIT", cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async ValueTask ExecuteAsync(string sql, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(sql, _connection);
        await using (command.ConfigureAwait(false))
        {
            _ = await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }
}
