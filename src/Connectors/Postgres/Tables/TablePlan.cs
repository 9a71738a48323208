using Npgsql;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Server;

namespace Weir.PostgreSql.Tables;

/// <summary>A table as a sink writes it: asked for once an attempt, before the first row.</summary>
/// <param name="Server">The server.</param>
/// <param name="Table">The table.</param>
/// <param name="Columns">The columns to write, in the order of <paramref name="CopyCommand"/>.</param>
/// <param name="CopyCommand">What begins to send rows.</param>
internal sealed record TablePlan<T>(ServerFacts Server, TableFacts Table, IReadOnlyList<BoundColumn<T>> Columns, string CopyCommand)
{
    /// <summary>Asks the server.</summary>
    /// <exception cref="SinkException">Rows could not be written.</exception>
    public static async ValueTask<TablePlan<T>> ReadAsync(
        NpgsqlConnection connection, string table, IReadOnlyList<ColumnWriter<T>> columns, bool needsPrepared, string address,
        CancellationToken cancellation)
    {
        try
        {
            var server = await CatalogReader.ServerAsync(connection, cancellation).ConfigureAwait(false);
            Refuse(TableCheck.Server(server, needsPrepared, address));
            var facts = await CatalogReader.TableAsync(connection, table, cancellation).ConfigureAwait(false);
            Refuse(TableCheck.Table(facts, table, columns, server, address));
            var names = string.Join(", ", columns.Select(static column => CatalogReader.Quote(column.Name)));
            return new TablePlan<T>(
                server,
                facts!,
                [.. columns.Select(column => column.Bind(facts!.Columns.First(other => other.Name == column.Name)))],
                $"COPY {facts!.Name} ({names}) FROM STDIN (FORMAT binary)");
        }
        catch (PostgresException refused) when (Failures.IsRefusal(refused))
        {
            throw new SinkException(
                $"PostgreSQL at {address} does not say what the table {table} is like: {Failures.TextOf(refused)}", refused);
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
