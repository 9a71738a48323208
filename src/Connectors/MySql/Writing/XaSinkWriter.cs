using Weir.Databases;
using Weir.Databases.Values;
using Weir.MySqlServers.Server;
using Weir.MySqlServers.Transactions;

namespace Weir.MySqlServers.Writing;

/// <summary>
/// The exactly-once sink of one subtask. Its rows go into an XA transaction that is prepared at the barrier, and committed when the
/// checkpoint exists.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class XaSinkWriter<T> : TwoPhaseCommitSink<T, XaTransaction>
{
    private readonly MySqlServer _server;
    private readonly SinkContext _context;
    private readonly string _target;
    private readonly Settlement _settlement;
    private readonly TransactionWatch _watch;
    private readonly TransactionAlarm _alarm;
    private readonly XaDatabase<T> _database;
    private readonly RowTransactions<T> _transactions;

    public XaSinkWriter(
        MySqlServer server, TableName table, IReadOnlyList<ValueColumn<T>> columns, MySqlSinkOptions options, SinkContext context)
    {
        _server = server;
        _context = context;
        _target = $"table {table} at {server.Address}";
        _settlement = new Settlement(server, context, _target, options.AcceptsLostTransactions);
        _watch = new TransactionWatch(options.WarnAfter, _target);
        _alarm = new TransactionAlarm(_watch, context);
        _database = new XaDatabase<T>(server, table, columns, context, _target, _settlement, _alarm);
        _transactions = new RowTransactions<T>(_database, server, context, _target, _watch);
    }

    public override Codec<XaTransaction> TransactionCodec => XaTransactionCodec.Instance;

    public override bool HasBacklog => _transactions.HasBacklog;

    public override bool IsFull => _transactions.IsFull;

    // A row may wait for a lock of a transaction that is prepared: of the same unique value, or by a trigger.
    public override bool MayCommitWhileSending => true;

    public override XaTransaction Begin() => XaTransaction.Begun(_transactions.Begin());

    public override void Write(XaTransaction transaction, Batch<T> batch) => _transactions.Add(batch.Values);

    public override ValueTask DrainAsync(XaTransaction transaction, CancellationToken cancellation) =>
        _transactions.DrainAsync(transaction.Number, cancellation);

    public override async ValueTask<XaTransaction> PreCommitAsync(
        XaTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (await _transactions.PrepareAsync(transaction.Number, checkpoint, cancellation).ConfigureAwait(false) is not { } prepared)
        {
            return transaction;
        }

        var plan = await _database.PlanAsync(cancellation).ConfigureAwait(false);
        return new XaTransaction(
            transaction.Number, XaName.Of(_context, transaction.Number), prepared.Rows, plan.Server.Identity, _server.Database);
    }

    public override async ValueTask CommitAsync(XaTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        await _settlement.CommitAsync(transaction, checkpoint, cancellation).ConfigureAwait(false);
        if (transaction.Name is { } name)
        {
            _watch.Committed(name.ToString());

            // Those of earlier attempts are forgotten all at once.
            if (name.Attempt == _context.Attempt)
            {
                await _settlement.ForgetBeforeAsync(name, transaction.Database, cancellation).ConfigureAwait(false);
            }
        }
    }

    public override async ValueTask RecoverAndCommitAsync(
        XaTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (_context.BeginsWithSavepoint && transaction.Name is { } name)
        {
            var here = (await _database.PlanAsync(cancellation).ConfigureAwait(false)).Server.Identity;
            if (transaction.IsElsewhere(here, _server.Database))
            {
                var there = $"database '{transaction.Database}'{(transaction.Server.Length > 0 ? $" of server {transaction.Server}" : "")}";
                LeftTransaction.Tell(_context, name.ToString(), transaction.Rows, checkpoint, there, _target);
                return;
            }
        }

        await CommitAsync(transaction, checkpoint, cancellation).ConfigureAwait(false);
    }

    // Nothing of an open transaction outlives its session, and sessions of earlier attempts are ended by the clean-up.
    public override ValueTask AbortAsync(XaTransaction transaction, CancellationToken cancellation)
    {
        _transactions.Forget(transaction.Number);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        _ = await _database.PlanAsync(cancellation).ConfigureAwait(false);
        await _settlement.CleanUpAsync(cancellation).ConfigureAwait(false);
        DamagedCheckpoints.Tell(recovery, _context, _target);
    }

    public override async ValueTask DisposeAsync()
    {
        await _alarm.DisposeAsync().ConfigureAwait(false);
        await _transactions.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
