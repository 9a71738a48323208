using Weir.Databases;
using Weir.Databases.Values;
using Weir.MySqlServers.Server;
using Weir.MySqlServers.Tables;
using Weir.MySqlServers.Transactions;

namespace Weir.MySqlServers.Writing;

/// <summary>The database of one subtask's rows: its table is asked for once, before the first row.</summary>
internal sealed class XaDatabase<T>(
    MySqlServer server,
    TableName table,
    IReadOnlyList<ValueColumn<T>> columns,
    SinkContext context,
    string target,
    Settlement settlement,
    TransactionAlarm alarm) : IRowDatabase<T>
{
    private TablePlan<T>? _plan;

    public async ValueTask<TablePlan<T>> PlanAsync(CancellationToken cancellation)
    {
        if (_plan is null)
        {
            _plan = await server.TryAsync(
                $"Asking for {target}",
                context,
                (connection, cancel) => TablePlan<T>.ReadAsync(connection, table, columns, needsPrepared: true, server.Address, cancel),
                cancellation).ConfigureAwait(false);
            var (idle, setting) = (_plan.Server.IdleLimit, _plan.Server.IdleSetting);
            alarm.Start(idle is { } time ? new TimeLimit(time, setting, $"SET GLOBAL {setting}") : null, null);
        }

        return _plan;
    }

    public async ValueTask<IRowSession<T>> BeginAsync(long number, CancellationToken cancellation)
    {
        var plan = await PlanAsync(cancellation).ConfigureAwait(false);
        return await XaSession<T>.BeginAsync(server, XaName.Of(context, number), plan, target, cancellation).ConfigureAwait(false);
    }

    public string NameOf(long number, CheckpointName checkpoint) => XaName.Of(context, number).ToString();

    public ValueTask<bool> IsPreparedAsync(long number, string name, ulong id, CancellationToken cancellation) =>
        settlement.IsPreparedAsync(XaName.Of(context, number), cancellation);

    public SinkException Refused(Exception refused, IReadOnlyList<T> rows, long before) =>
        RowFailure.Refused(refused, before + 1, before + rows.Count, target);
}
