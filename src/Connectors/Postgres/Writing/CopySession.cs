using System.Globalization;
using Npgsql;
using Weir.Databases;
using Weir.PostgreSql.Tables;

namespace Weir.PostgreSql.Writing;

/// <summary>A connection with a transaction open in it, which rows are copied into.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CopySession<T> : IRowSession<T>
{
    private readonly NpgsqlConnection _connection;
    private readonly TablePlan<T> _plan;
    private readonly string _target;

    private CopySession(NpgsqlConnection connection, ulong xid, TablePlan<T> plan, string target)
    {
        _connection = connection;
        _plan = plan;
        _target = target;
        Id = xid;
    }

    public ulong Id { get; }

    /// <summary>Begins a transaction.</summary>
    /// <param name="source">Where connections come from.</param>
    /// <param name="name">What the session is called in <c>pg_stat_activity</c> meanwhile; of letters, digits and slashes.</param>
    /// <param name="plan">The table.</param>
    /// <param name="target">The table and where it is, for messages.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public static async ValueTask<CopySession<T>> BeginAsync(
        NpgsqlDataSource source, string name, TablePlan<T> plan, string target, CancellationToken cancellation)
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
                return new CopySession<T>(connection, ulong.Parse(xid, CultureInfo.InvariantCulture), plan, target);
            }
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask SendAsync(IReadOnlyList<T> rows, long before, CancellationToken cancellation) =>
        RowCopy.SendAsync(_connection, _plan.CopyCommand, _plan.Columns, rows, before, _target, cancellation);

    public async ValueTask PrepareAsync(string name, CheckpointName checkpoint, CancellationToken cancellation)
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
