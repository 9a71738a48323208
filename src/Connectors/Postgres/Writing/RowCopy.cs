using Npgsql;
using Weir.Databases;
using Weir.PostgreSql.Columns;

namespace Weir.PostgreSql.Writing;

/// <summary>Sends rows by one binary COPY.</summary>
internal static class RowCopy
{
    /// <summary>Sends rows, and waits until the server has taken them all.</summary>
    /// <param name="connection">Where to.</param>
    /// <param name="command">The COPY command.</param>
    /// <param name="columns">The columns that it names.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="before">How many rows of the transaction were sent before, for messages.</param>
    /// <param name="target">The table and where it is, for messages.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public static async ValueTask SendAsync<T>(
        NpgsqlConnection connection, string command, IReadOnlyList<BoundColumn<T>> columns, IReadOnlyList<T> rows, long before,
        string target, CancellationToken cancellation)
    {
        var importer = await connection.BeginBinaryImportAsync(command, cancellation).ConfigureAwait(false);
        await using (importer.ConfigureAwait(false))
        {
            for (var i = 0; i < rows.Count; i++)
            {
                await importer.StartRowAsync(cancellation).ConfigureAwait(false);
                foreach (var column in columns)
                {
                    await SendAsync(importer, column, rows[i], before + i + 1, target, cancellation).ConfigureAwait(false);
                }
            }

            await importer.CompleteAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static Task SendAsync<T>(
        NpgsqlBinaryImporter importer, BoundColumn<T> column, T row, long number, string target, CancellationToken cancellation)
    {
        try
        {
            var sent = column.WriteAsync(importer, row, cancellation);
            return sent.IsCompletedSuccessfully ? sent : NamedAsync(sent, column, row, number, target);
        }
        catch (Exception failure) when (IsOfValue(failure))
        {
            throw RecordText.Unsendable(failure, column.Name, row, number, target);
        }
    }

    private static async Task NamedAsync<T>(Task sent, BoundColumn<T> column, T row, long number, string target)
    {
        try
        {
            await sent.ConfigureAwait(false);
        }
        catch (Exception failure) when (IsOfValue(failure))
        {
            throw RecordText.Unsendable(failure, column.Name, row, number, target);
        }
    }

    // The rest is of the connection.
    private static bool IsOfValue(Exception failure) =>
        failure is not (NpgsqlException or OperationCanceledException or IOException or ObjectDisposedException or TimeoutException);
}
