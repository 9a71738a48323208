using MySqlConnector;
using Weir.Databases.Values;
using Weir.MySqlServers.Server;

namespace Weir.MySqlServers.Tables;

/// <summary>A table as a sink writes it: asked for once an attempt, before the first row.</summary>
/// <param name="Server">The server.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns to write.</param>
internal sealed record TablePlan<T>(ServerFacts Server, TableFacts Table, IReadOnlyList<BoundValue<T>> Columns)
{
    /// <summary>Asks the server.</summary>
    /// <exception cref="SinkException">Rows could not be written.</exception>
    public static async ValueTask<TablePlan<T>> ReadAsync(
        MySqlConnection connection, TableName table, IReadOnlyList<ValueColumn<T>> columns, bool needsPrepared, string address,
        CancellationToken cancellation)
    {
        try
        {
            var server = await CatalogReader.ServerAsync(connection, cancellation).ConfigureAwait(false);
            Refuse(TableCheck.Server(server, needsPrepared, address));
            var facts = await CatalogReader.TableAsync(connection, table, cancellation).ConfigureAwait(false);
            Refuse(TableCheck.Table(facts, table.ToString(), columns, needsPrepared, address));
            return new TablePlan<T>(
                server,
                facts!,
                [.. columns.Select(column => column.Bind(facts!.Columns.First(other => TableCheck.Same(other.Name, column.Name)).IsText))]);
        }
        catch (MySqlException refused) when (Failures.IsRefusal(refused))
        {
            throw new SinkException(
                $"The server at {address} does not say what the table {table} is like: {Failures.TextOf(refused)}", refused);
        }
    }

    private static void Refuse(string? message)
    {
        if (message is not null)
        {
            throw new SinkException(message);
        }
    }
}
