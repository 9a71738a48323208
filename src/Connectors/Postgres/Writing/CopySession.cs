using System.Globalization;
using Npgsql;
using Weir.PostgreSql.Tables;

namespace Weir.PostgreSql.Writing;

/// <summary>A connection with a transaction open in it, which rows are copied into.</summary>
internal sealed class CopySession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;

    private CopySession(NpgsqlConnection connection, ulong xid)
    {
        _connection = connection;
        Xid = xid;
    }

    /// <summary>Gets the id that the server gave the transaction.</summary>
    public ulong Xid { get; }

    /// <summary>Begins a transaction.</summary>
    /// <param name="source">Where connections come from.</param>
    /// <param name="name">What the session is called in <c>pg_stat_activity</c> meanwhile; of letters, digits and slashes.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public static async ValueTask<CopySession> BeginAsync(NpgsqlDataSource source, string name, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            // One round trip.
            var begin = new NpgsqlCommand(
                $"BEGIN; SET LOCAL application_name = '{name}'; SELECT pg_catalog.pg_current_xact_id()::text", connection);
            await using (begin.ConfigureAwait(false))
            {
                var xid = (string)(await begin.ExecuteScalarAsync(cancellation).ConfigureAwait(false))!;
                return new CopySession(connection, ulong.Parse(xid, CultureInfo.InvariantCulture));
            }
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends rows, and waits until the server has taken them all.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="before">How many rows of the transaction were sent before, for messages.</param>
    /// <param name="plan">The table.</param>
    /// <param name="target">The table and where it is, for messages.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public ValueTask CopyAsync<T>(
        IReadOnlyList<T> rows, long before, TablePlan<T> plan, string target, CancellationToken cancellation) =>
        RowCopy.SendAsync(_connection, plan.CopyCommand, plan.Columns, rows, before, target, cancellation);

    /// <summary>Prepares the transaction: afterwards it outlives the connection, and the server.</summary>
    public async ValueTask PrepareAsync(string name, CancellationToken cancellation)
    {
        var prepare = new NpgsqlCommand($"PREPARE TRANSACTION '{name}'", _connection);
        await using (prepare.ConfigureAwait(false))
        {
            _ = await prepare.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the connection back. A transaction that is open in it is rolled back.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
