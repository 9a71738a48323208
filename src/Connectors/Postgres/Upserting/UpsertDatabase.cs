using Npgsql;
using Weir.Databases;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Tables;
using Weir.PostgreSql.Writing;

namespace Weir.PostgreSql.Upserting;

/// <summary>The table of one subtask's upserts.</summary>
internal sealed class UpsertDatabase<T>(
    PostgresServer server, string table, IReadOnlyList<ColumnWriter<T>> columns, bool mayDelete, SinkContext context, string target)
    : IUpsertDatabase<T>
{
    private IReadOnlyList<BoundColumn<UpsertRow<T>>> _bound = [];
    private UpsertText? _text;

    public async ValueTask StartAsync(CancellationToken cancellation)
    {
        var plan = await server.TryAsync(
            $"Asking for {target}",
            context,
            (connection, cancel) => TablePlan<T>.ReadAsync(connection, table, columns, needsPrepared: false, server.Address, cancel),
            cancellation).ConfigureAwait(false);
        var keys = columns.Where(static column => column.IsKey).Select(static column => column.Name).ToList();
        if (UpsertCheck.Key(plan.Table, keys, server.Address) is { } refusal)
        {
            throw new SinkException(refusal);
        }

        _text = UpsertText.Of(plan.Table.Name, [.. columns.Select(static column => column.Name)], keys);
        _bound = [new NumberColumn<T>(), new GoneColumn<T>(), .. plan.Columns.Select(static column => new RecordColumn<T>(column))];
    }

    public async ValueTask<IUpsertSession<T>> BeginAsync(CancellationToken cancellation) =>
        await UpsertSession<T>.BeginAsync(server.Source, _text!, _bound, mayDelete, target, cancellation).ConfigureAwait(false);

    public SinkException Refused(Exception refused, IReadOnlyList<UpsertRow<T>> rows) => rows.Count > 0
        ? RowFailure.Refused((PostgresException)refused, rows, 0, target)
        : new SinkException(
            $"Rows of {target} cannot be upserted: {Failures.TextOf(refused)}{UpsertCheck.Advice((PostgresException)refused, mayDelete)}",
            refused);
}
