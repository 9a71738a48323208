using Weir.Databases;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Transactions;

namespace Weir.PostgreSql.Writing;

/// <summary>
/// The exactly-once sink of one subtask. Its rows go into a transaction that is prepared at the barrier, and committed when the checkpoint
/// exists.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CopySinkWriter<T> : TwoPhaseCommitSink<T, PostgresTransaction>
{
    private readonly SinkContext _context;
    private readonly string _target;
    private readonly Settlement _settlement;
    private readonly TransactionWatch _watch;
    private readonly TransactionAlarm _alarm;
    private readonly CopyDatabase<T> _database;
    private readonly RowTransactions<T> _transactions;

    public CopySinkWriter(
        PostgresServer server, string table, IReadOnlyList<ColumnWriter<T>> columns, PostgresSinkOptions options, SinkContext context)
    {
        _context = context;
        _target = $"table {table} at {server.Address}";
        _settlement = new Settlement(server, context, _target, options.AcceptsLostTransactions);
        _watch = new TransactionWatch(options.WarnAfter, _target);
        _alarm = new TransactionAlarm(_watch, context);
        _database = new CopyDatabase<T>(server, table, columns, context, _target, _settlement, _alarm);
        _transactions = new RowTransactions<T>(_database, server, context, _target, _watch);
    }

    public override Codec<PostgresTransaction> TransactionCodec => PostgresTransactionCodec.Instance;

    public override bool HasBacklog => _transactions.HasBacklog;

    public override bool IsFull => _transactions.IsFull;

    // A row may wait for a lock of a transaction that is prepared: of the same unique value, or by a trigger.
    public override bool MayCommitWhileSending => true;

    public override PostgresTransaction Begin() => PostgresTransaction.Begun(_transactions.Begin());

    public override void Write(PostgresTransaction transaction, Batch<T> batch) => _transactions.Add(batch.Values);

    public override ValueTask DrainAsync(PostgresTransaction transaction, CancellationToken cancellation) =>
        _transactions.DrainAsync(transaction.Number, cancellation);

    public override async ValueTask<PostgresTransaction> PreCommitAsync(
        PostgresTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (await _transactions.PrepareAsync(transaction.Number, checkpoint, cancellation).ConfigureAwait(false) is not { } prepared)
        {
            return transaction;
        }

        var plan = await _database.PlanAsync(cancellation).ConfigureAwait(false);
        return new PostgresTransaction(transaction.Number, prepared.Name, prepared.Id, prepared.Rows, plan.Server.Identity);
    }

    public override async ValueTask CommitAsync(
        PostgresTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        await _settlement.CommitAsync(transaction, checkpoint, cancellation).ConfigureAwait(false);
        if (transaction.Name is { } name)
        {
            _watch.Committed(name);
        }
    }

    public override async ValueTask RecoverAndCommitAsync(
        PostgresTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (_context.BeginsWithSavepoint && transaction is { Name: { } name, Server: { } there })
        {
            var here = (await _database.PlanAsync(cancellation).ConfigureAwait(false)).Server.Identity;
            if (here.IsOther(there))
            {
                LeftTransaction.Tell(_context, name, transaction.Rows, checkpoint, there.ToString(), _target);
                return;
            }
        }

        await CommitAsync(transaction, checkpoint, cancellation).ConfigureAwait(false);
    }

    // Nothing of an open transaction outlives its session, and sessions of earlier attempts are ended by the clean-up.
    public override ValueTask AbortAsync(PostgresTransaction transaction, CancellationToken cancellation)
    {
        _transactions.Forget(transaction.Number);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        var plan = await _database.PlanAsync(cancellation).ConfigureAwait(false);
        if (plan.Table.Persistence == 'u')
        {
            _context.Warn(
                $"{plan.Table.Name} is unlogged: a crash of the server empties it, whatever was committed. ALTER TABLE … SET LOGGED.");
        }

        await _settlement.CleanUpAsync(plan.Server.Identity.Database, cancellation).ConfigureAwait(false);
        DamagedCheckpoints.Tell(recovery, _context, _target);
    }

    public override async ValueTask DisposeAsync()
    {
        await _alarm.DisposeAsync().ConfigureAwait(false);
        await _transactions.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
