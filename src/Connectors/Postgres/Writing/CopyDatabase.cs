using Npgsql;
using Weir.Databases;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Tables;
using Weir.PostgreSql.Transactions;

namespace Weir.PostgreSql.Writing;

/// <summary>The database of one subtask's rows: its table is asked for once, before the first row.</summary>
internal sealed class CopyDatabase<T>(
    PostgresServer server,
    string table,
    IReadOnlyList<ColumnWriter<T>> columns,
    SinkContext context,
    string target,
    Settlement settlement,
    TransactionAlarm alarm) : IRowDatabase<T>
{
    private const string IdleTimeout = "idle_in_transaction_session_timeout";
    private const string TransactionTimeout = "transaction_timeout";
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
            alarm.Start(Limit(_plan.Server.IdleLimit, IdleTimeout), Limit(_plan.Server.TransactionLimit, TransactionTimeout));
        }

        return _plan;
    }

    public async ValueTask<IRowSession<T>> BeginAsync(long number, CancellationToken cancellation)
    {
        var plan = await PlanAsync(cancellation).ConfigureAwait(false);
        return await CopySession<T>.BeginAsync(server.Source, TransactionName.SessionOf(context), plan, target, cancellation)
            .ConfigureAwait(false);
    }

    public string NameOf(long number, CheckpointName checkpoint) => TransactionName.Of(context, checkpoint).ToString();

    public async ValueTask<bool> IsPreparedAsync(long number, string name, ulong id, CancellationToken cancellation) =>
        await settlement.FateAsync(name, id, cancellation).ConfigureAwait(false) == TransactionFate.Prepared;

    public SinkException Refused(Exception refused, IReadOnlyList<T> rows, long before) =>
        RowFailure.Refused((PostgresException)refused, rows, before, target);

    private static TimeLimit? Limit(TimeSpan? time, string setting) =>
        time is { } limit ? new TimeLimit(limit, setting, $"ALTER ROLE … SET {setting}") : null;
}
