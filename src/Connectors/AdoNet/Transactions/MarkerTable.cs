using System.Data.Common;
using Weir.Ado.Server;

namespace Weir.Ado.Transactions;

/// <summary>The table that says which transactions have been inserted.</summary>
/// <remarks>
/// A subtask commits its transactions in order, so that in its own attempt the newest marker says the same of all before it, and replaces
/// them. After a failure others commit what was left, in no order: a marker that they write says it of one transaction alone.
/// </remarks>
/// <param name="prefix">What parameters begin with.</param>
internal sealed class MarkerTable(string prefix)
{
    /// <summary>Its name.</summary>
    public const string Name = "weir_markers";

    /// <summary>What makes it, in words that all databases know.</summary>
    public const string Definition =
        "CREATE TABLE weir_markers (sink_name VARCHAR(120) NOT NULL, attempt_no BIGINT NOT NULL, subtask_no INTEGER NOT NULL, "
        + "transaction_no BIGINT NOT NULL, is_in_order INTEGER NOT NULL, PRIMARY KEY (sink_name, attempt_no, subtask_no, transaction_no))";

    private string Own => $"sink_name = {prefix}sink AND attempt_no = {prefix}attempt AND subtask_no = {prefix}subtask";

    /// <summary>Whether it is there.</summary>
    public static async ValueTask<bool> ExistsAsync(DbConnection connection, CancellationToken cancellation)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = $"SELECT count(*) FROM {Name} WHERE 1 = 0";
            try
            {
                _ = await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
                return true;
            }
            catch (DbException failure) when (!failure.IsTransient)
            {
                return false;
            }
        }
    }

    /// <summary>Makes it where it is missing. Another subtask may make it at the same time.</summary>
    /// <exception cref="SinkException">The user may not.</exception>
    public static async ValueTask CreateAsync(DbConnection connection, AdoServer server, CancellationToken cancellation)
    {
        if (await ExistsAsync(connection, cancellation).ConfigureAwait(false))
        {
            return;
        }

        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = Definition;
            try
            {
                _ = await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }
            catch (DbException refused) when (!server.IsTransient(refused))
            {
                if (!await ExistsAsync(connection, cancellation).ConfigureAwait(false))
                {
                    throw new SinkException(
                        $"The table {Name}, which says what has been inserted, cannot be made or read at {server.Address}: "
                            + $"{server.TextOf(refused)} Let somebody make it who may: {Definition};",
                        refused);
                }
            }
        }
    }

    /// <summary>Whether a transaction has been inserted.</summary>
    public async ValueTask<bool> HasAsync(DbTransaction transaction, MarkedTransaction marked, CancellationToken cancellation)
    {
        var command = CommandOf(
            transaction,
            $"SELECT count(*) FROM {Name} WHERE {Own} AND (transaction_no = {prefix}number OR (transaction_no > {prefix}number AND "
                + "is_in_order = 1))",
            marked);
        await using (command.ConfigureAwait(false))
        {
            var count = await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
            return Convert.ToInt64(count, System.Globalization.CultureInfo.InvariantCulture) > 0;
        }
    }

    /// <summary>Marks a transaction as inserted, within the transaction that inserts it. Who does it second is refused.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="marked">What it inserts.</param>
    /// <param name="isInOrder">Whether its own subtask commits it, and so has committed all before it.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public async ValueTask MarkAsync(
        DbTransaction transaction, MarkedTransaction marked, bool isInOrder, CancellationToken cancellation)
    {
        var insert = CommandOf(
            transaction,
            $"INSERT INTO {Name} (sink_name, attempt_no, subtask_no, transaction_no, is_in_order) VALUES "
                + $"({prefix}sink, {prefix}attempt, {prefix}subtask, {prefix}number, {(isInOrder ? 1 : 0)})",
            marked);
        await using (insert.ConfigureAwait(false))
        {
            _ = await insert.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }

        if (isInOrder)
        {
            var delete = CommandOf(transaction, $"DELETE FROM {Name} WHERE {Own} AND transaction_no < {prefix}number", marked);
            await using (delete.ConfigureAwait(false))
            {
                _ = await delete.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    private DbCommand CommandOf(DbTransaction transaction, string sql, MarkedTransaction marked)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in new (string, object)[]
        {
            ("sink", marked.Sink!), ("attempt", marked.Attempt), ("subtask", marked.Subtask), ("number", marked.Number),
        })
        {
            if (sql.Contains($"{prefix}{name}", StringComparison.Ordinal))
            {
                command.AddParameter($"{prefix}{name}", value);
            }
        }

        return command;
    }
}

/// <summary>A short way to give a command a value.</summary>
internal static class Parameters
{
    /// <summary>Adds a parameter.</summary>
    public static DbParameter AddParameter(this DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
