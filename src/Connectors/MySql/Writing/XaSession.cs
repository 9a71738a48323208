using MySqlConnector;
using Weir.Databases;
using Weir.MySqlServers.Server;
using Weir.MySqlServers.Tables;
using Weir.MySqlServers.Transactions;

namespace Weir.MySqlServers.Writing;

/// <summary>A connection with an XA transaction open in it, which rows are inserted into.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class XaSession<T> : IRowSession<T>
{
    // A session of the same subtask that was just closed may need a moment to let go.
    private const int LockSeconds = 10;

    private readonly MySqlConnection _connection;
    private readonly XaName _name;
    private readonly RowInsert<T> _insert;

    private XaSession(MySqlConnection connection, XaName name, TablePlan<T> plan, string target)
    {
        _connection = connection;
        _name = name;
        _insert = new RowInsert<T>(connection, plan.Table.Name, plan.Columns, plan.Server.MaxPacketBytes, target);
    }

    public ulong Id => 0;

    /// <summary>Begins a transaction.</summary>
    /// <param name="server">Where.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="plan">The table.</param>
    /// <param name="target">The table and where it is, for messages.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="IOException">A later attempt has taken over.</exception>
    public static async ValueTask<XaSession<T>> BeginAsync(
        MySqlServer server, XaName name, TablePlan<T> plan, string target, CancellationToken cancellation)
    {
        var connection = await server.OpenOwnAsync(cancellation).ConfigureAwait(false);
        try
        {
            var sessionLock = XaName.LockOf(name.Global, name.Attempt, name.Subtask);
            var got = await connection.ScalarAsync($"SELECT GET_LOCK(?, {LockSeconds})", cancellation, sessionLock).ConfigureAwait(false);
            if (got is not (1L or 1))
            {
                throw new TimeoutException($"another session holds the lock '{sessionLock}' of this subtask");
            }

            if (!await CommitTable.EnterAsync(connection, name, cancellation).ConfigureAwait(false))
            {
                throw new InvalidOperationException($"A later attempt of the job writes to {target}: this one has been given up.");
            }

            _ = await connection.ExecuteAsync($"XA START {name.Sql}", cancellation).ConfigureAwait(false);
            return new XaSession<T>(connection, name, plan, target);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask SendAsync(IReadOnlyList<T> rows, long before, CancellationToken cancellation) =>
        _insert.SendAsync(rows, before, cancellation);

    public async ValueTask PrepareAsync(string name, CheckpointName checkpoint, CancellationToken cancellation) =>
        _ = await _connection.ExecuteAsync(
            $"{CommitTable.Mark}; XA END {_name.Sql}; XA PREPARE {_name.Sql}",
            cancellation,
            _name.Global,
            _name.Attempt,
            _name.Subtask,
            _name.Number,
            checkpoint.Id.Value).ConfigureAwait(false);

    /// <summary>Ends the session. A transaction that is open in it is rolled back, a prepared one may be ended by others from now
    /// on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
