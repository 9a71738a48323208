using Weir.Databases;
using Weir.Databases.Values;
using Weir.MySqlServers.Server;
using Weir.MySqlServers.Tables;
using Weir.MySqlServers.Writing;

namespace Weir.MySqlServers.Upserting;

/// <summary>The table of one subtask's upserts.</summary>
internal sealed class UpsertDatabase<T>(
    MySqlServer server, TableName table, IReadOnlyList<ValueColumn<T>> columns, bool mayDelete, SinkContext context, string target)
    : IUpsertDatabase<T>
{
    private TablePlan<T>? _plan;
    private UpsertText? _text;

    public async ValueTask StartAsync(CancellationToken cancellation)
    {
        _plan = await server.TryAsync(
            $"Asking for {target}",
            context,
            (connection, cancel) => TablePlan<T>.ReadAsync(connection, table, columns, needsPrepared: false, server.Address, cancel),
            cancellation).ConfigureAwait(false);
        string[] names = [.. columns.Select(static column => column.Name)];
        string[] keys = [.. columns.Where(static column => column.IsKey).Select(static column => column.Name)];
        if (UpsertCheck.Key(_plan.Table, keys, names, server.Address) is { } refusal)
        {
            throw new SinkException(refusal);
        }

        _text = UpsertText.Of(_plan.Table.Name, names, keys);
    }

    public async ValueTask<IUpsertSession<T>> BeginAsync(CancellationToken cancellation) =>
        await UpsertSession<T>.BeginAsync(server, _text!, _plan!, mayDelete, target, cancellation).ConfigureAwait(false);

    public SinkException Refused(Exception refused, IReadOnlyList<UpsertRow<T>> rows) => rows.Count > 0
        ? RowFailure.Refused(refused, 1, rows.Count, target)
        : new SinkException(
            $"Rows of {target} cannot be upserted: {Failures.TextOf(refused)} The user needs SELECT, INSERT"
                + $"{(mayDelete ? ", UPDATE and DELETE" : " and UPDATE")} on the table, and CREATE TEMPORARY TABLES on the database.",
            refused);
}
