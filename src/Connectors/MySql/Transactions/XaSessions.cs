using System.Globalization;
using MySqlConnector;
using Weir.Databases;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Transactions;

/// <summary>What the server says of prepared transactions and of the sessions that write them.</summary>
/// <remarks>
/// A prepared transaction belongs to its session until that has ended: other sessions see it by XA RECOVER, and can neither commit it nor
/// roll it back. When a session is closed or killed the server takes a moment.
/// </remarks>
internal static class XaSessions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>All prepared transactions that are a sink's of ours.</summary>
    public static async ValueTask<IReadOnlyList<XaName>> PreparedAsync(MySqlConnection connection, CancellationToken cancellation)
    {
        var rows = await connection.ListAsync(
            "XA RECOVER",
            static row => (
                Format: Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture),
                Bytes: row.GetInt32(1),
                Data: row.GetValue(3) is byte[] data ? data : System.Text.Encoding.UTF8.GetBytes(row.GetString(3))),
            cancellation).ConfigureAwait(false);
        var names = new List<XaName>();
        foreach (var (format, globalBytes, data) in rows)
        {
            if (XaName.TryParse(format, globalBytes, data, out var name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Ends the session that writes for a subtask in an attempt, if there is one, and waits until it has ended.</summary>
    public static async ValueTask EndAsync(
        MySqlConnection connection, string sink, long attempt, int subtask, TimeProvider time, CancellationToken cancellation)
    {
        var name = XaName.LockOf(sink, attempt, subtask);
        var retry = new Retry(time, Patience);
        while (await connection.ScalarAsync("SELECT IS_USED_LOCK(?)", cancellation, name).ConfigureAwait(false) is { } holder)
        {
            try
            {
                _ = await connection.ExecuteAsync(
                    string.Create(CultureInfo.InvariantCulture, $"KILL CONNECTION {holder}"), cancellation).ConfigureAwait(false);
            }
            catch (MySqlException gone) when (gone.ErrorCode == MySqlErrorCode.NoSuchThread)
            {
                // It has ended meanwhile.
            }

            if (!await retry.WaitAsync(cancellation).ConfigureAwait(false))
            {
                throw new TimeoutException($"session {holder} of an earlier attempt does not end");
            }
        }
    }

    /// <summary>Commits or rolls back, waiting for a session that is about to end.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="verb"><c>COMMIT</c> or <c>ROLLBACK</c>.</param>
    /// <param name="name">Which.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="TimeoutException">Its session does not end.</exception>
    public static async ValueTask<bool> TryEndAsync(
        MySqlConnection connection, string verb, XaName name, TimeProvider time, CancellationToken cancellation)
    {
        var retry = new Retry(time, Patience);
        while (true)
        {
            try
            {
                _ = await connection.ExecuteAsync($"XA {verb} {name.Sql}", cancellation).ConfigureAwait(false);
                return true;
            }
            catch (MySqlException unknown) when (unknown.Number == Failures.UnknownXid)
            {
                var prepared = await PreparedAsync(connection, cancellation).ConfigureAwait(false);
                if (!prepared.Contains(name))
                {
                    return false;
                }

                if (!await retry.WaitAsync(cancellation).ConfigureAwait(false))
                {
                    throw new TimeoutException($"the session that prepared '{name}' is still there", unknown);
                }
            }
        }
    }
}
