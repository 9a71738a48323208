using MySqlConnector;
using Weir.Databases;
using Weir.Databases.Values;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Writing;

/// <summary>Sends rows by statements of many rows, which one connection prepares once each.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="connection">Where to.</param>
/// <param name="table">The table, quoted.</param>
/// <param name="columns">The columns to write.</param>
/// <param name="maxBytes">How many bytes a command may have.</param>
/// <param name="target">The table and where it is, for messages.</param>
internal sealed class RowInsert<T>(
    MySqlConnection connection, string table, IReadOnlyList<BoundValue<T>> columns, long maxBytes, string target) : IAsyncDisposable
{
    private readonly Dictionary<int, MySqlCommand> _prepared = [];
    private readonly IReadOnlyList<int> _sizes = InsertText.Sizes(columns.Count);

    /// <summary>Sends rows, and waits until the server has taken them all.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="before">How many rows of the transaction were sent before, for messages.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="SinkException">The server refused a row, which it names.</exception>
    public async ValueTask SendAsync(IReadOnlyList<T> rows, long before, CancellationToken cancellation)
    {
        var from = 0;
        while (from < rows.Count)
        {
            from += await SendSomeAsync(rows, from, before, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values)
        {
            await command.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<int> SendSomeAsync(IReadOnlyList<T> rows, int from, long before, CancellationToken cancellation)
    {
        foreach (var size in _sizes.Where(size => size <= rows.Count - from))
        {
            var command = CommandOf(size);
            if (!Fill(command, rows, from, size, before) && size > 1)
            {
                continue;
            }

            try
            {
                await ExecuteAsync(command, cancellation).ConfigureAwait(false);
            }
            catch (MySqlException refused) when (Failures.IsRefusal(refused))
            {
                throw size == 1
                    ? RowFailure.Refused(refused, rows[from], before + from + 1, target)
                    : await WhichAsync(refused, rows, from, size, before, cancellation).ConfigureAwait(false);
            }

            return size;
        }

        return 0;
    }

    // The server names a row of a statement seldom. It has taken back the statement and not the transaction, which is lost anyway: so
    // the rows are sent one by one, until it refuses.
    private async ValueTask<SinkException> WhichAsync(
        MySqlException refused, IReadOnlyList<T> rows, int from, int size, long before, CancellationToken cancellation)
    {
        var command = CommandOf(1);
        for (var i = from; i < from + size; i++)
        {
            _ = Fill(command, rows, i, 1, before);
            try
            {
                await ExecuteAsync(command, cancellation).ConfigureAwait(false);
            }
            catch (MySqlException again) when (Failures.IsRefusal(again))
            {
                return RowFailure.Refused(again, rows[i], before + i + 1, target);
            }
        }

        return RowFailure.Refused(refused, before + from + 1, before + from + size, target);
    }

    private MySqlCommand CommandOf(int size)
    {
        if (!_prepared.TryGetValue(size, out var command))
        {
            command = new MySqlCommand(InsertText.Of(table, [.. columns.Select(static column => column.Name)], size), connection);
            for (var i = 0; i < size * columns.Count; i++)
            {
                command.Parameters.Add(new MySqlParameter());
            }

            _prepared.Add(size, command);
        }

        return command;
    }

    private static async ValueTask ExecuteAsync(MySqlCommand command, CancellationToken cancellation)
    {
        if (!command.IsPrepared)
        {
            await command.PrepareAsync(cancellation).ConfigureAwait(false);
        }

        _ = await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts the values of rows into a command.</summary>
    /// <returns>Whether they are not too large for one command.</returns>
    private bool Fill(MySqlCommand command, IReadOnlyList<T> rows, int from, int count, long before)
    {
        var bytes = 0L;
        var at = 0;
        for (var i = from; i < from + count; i++)
        {
            foreach (var column in columns)
            {
                var value = ValueOf(column, rows[i], before + i + 1);
                command.Parameters[at++].Value = value;

                // A text has at most three bytes for each of its units.
                bytes += value switch { string text => 3L * text.Length, byte[] data => data.LongLength, _ => 0 } + 16;
            }
        }

        return bytes <= maxBytes;
    }

    private object ValueOf(BoundValue<T> column, T row, long number)
    {
        try
        {
            return column.Of(row);
        }
#pragma warning disable CA1031 // Whatever a function of the user's throws: the row and the column are named.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            throw RecordText.Unsendable(failure, column.Name, row, number, target);
        }
    }
}
