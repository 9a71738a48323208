using Npgsql;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Writing;

namespace Weir.PostgreSql.Upserting;

/// <summary>A connection with a temporary table, through which rows go into the table.</summary>
internal sealed class UpsertSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly UpsertText _text;
    private readonly string _apply;

    private UpsertSession(NpgsqlConnection connection, UpsertText text, bool mayDelete)
    {
        _connection = connection;
        _text = text;
        _apply = mayDelete ? text.Apply : text.ApplyWithoutDeletes;
    }

    /// <summary>Connects, and runs everything once without a row: what is not allowed shows now.</summary>
    public static async ValueTask<UpsertSession> BeginAsync(
        NpgsqlDataSource source, UpsertText text, bool mayDelete, CancellationToken cancellation)
    {
        var session = new UpsertSession(await source.OpenConnectionAsync(cancellation).ConfigureAwait(false), text, mayDelete);
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

    /// <summary>Puts rows into the table, all or none.</summary>
    public async ValueTask SendAsync<T>(
        IReadOnlyList<UpsertRow<T>> rows, IReadOnlyList<BoundColumn<UpsertRow<T>>> columns, string target, CancellationToken cancellation)
    {
        await ExecuteAsync("BEGIN", cancellation).ConfigureAwait(false);
        await RowCopy.SendAsync(_connection, _text.Copy, columns, rows, 0, target, cancellation).ConfigureAwait(false);
        await ExecuteAsync($"{_apply}; COMMIT", cancellation).ConfigureAwait(false);
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
