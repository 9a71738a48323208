using Npgsql;
using Weir.PostgreSql.Columns;
using Weir.PostgreSql.Server;
using Weir.PostgreSql.Tables;
using Weir.PostgreSql.Transactions;

namespace Weir.PostgreSql.Writing;

/// <summary>
/// The exactly-once sink of one subtask. Its rows go into a transaction that is prepared at the barrier, and committed when the checkpoint
/// exists.
/// </summary>
/// <remarks>
/// <para>A step only puts records into a list. They are sent on the work pool, in pieces of one COPY each: the driver encodes them there,
/// into the buffer of its connection, so that nothing is kept twice; and of a piece that is refused the rows are still at hand.</para>
/// <para>A transaction begins with its first piece. If the connection breaks before that piece has been taken, everything is at hand to
/// begin again. Later it is not, and the attempt fails: the job goes back to its newest checkpoint.</para>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed class CopySinkWriter<T> : TwoPhaseCommitSink<T, PostgresTransaction>
{
    private readonly PostgresServer _server;
    private readonly string _table;
    private readonly IReadOnlyList<ColumnWriter<T>> _columns;
    private readonly SinkContext _context;
    private readonly string _target;
    private readonly Settlement _settlement;
    private readonly TransactionWatch _watch;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, OpenRows<T>> _open = [];
    private OpenRows<T>? _current;
    private long _begun;

    // How many rows make a piece. Written by the work pool, read by the subtask.
    private volatile int _enough = CopySize.Initial.Rows;

    // Of the work pool alone.
    private TablePlan<T>? _plan;
    private CopySession? _session;
    private ITimer? _timer;

    public CopySinkWriter(
        PostgresServer server, string table, IReadOnlyList<ColumnWriter<T>> columns, PostgresSinkOptions options, SinkContext context)
    {
        _server = server;
        _table = table;
        _columns = columns;
        _context = context;
        _target = $"table {table} at {server.Address}";
        _settlement = new Settlement(server, context, _target, options.AcceptsLostTransactions);
        _watch = new TransactionWatch(options.WarnAfter, _target);
    }

    public override Codec<PostgresTransaction> TransactionCodec => PostgresTransactionCodec.Instance;

    public override bool HasBacklog => _current is { } current && current.Count >= _enough;

    // As much again as a piece may gather while one is being sent.
    public override bool IsFull => _current is { } current && current.Count >= 2 * _enough;

    public override PostgresTransaction Begin()
    {
        _current = new OpenRows<T>(++_begun);
        lock (_lock)
        {
            _open.Add(_current.Number, _current);
        }

        return PostgresTransaction.Begun(_current.Number);
    }

    public override void Write(PostgresTransaction transaction, Batch<T> batch) => _current!.Add(batch.Values);

    public override async ValueTask DrainAsync(PostgresTransaction transaction, CancellationToken cancellation)
    {
        if (Find(transaction) is { } open)
        {
            await SendAsync(open, cancellation).ConfigureAwait(false);
        }
    }

    public override async ValueTask<PostgresTransaction> PreCommitAsync(
        PostgresTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var open = Find(transaction);
        if (open is null || (open.Sent == 0 && open.Count == 0))
        {
            Forget(transaction);
            return transaction;
        }

        var name = TransactionName.Of(_context, checkpoint).ToString();
        var xid = await PrepareAsync(open, name, cancellation).ConfigureAwait(false);
        Forget(transaction);
        _watch.Prepared(name, Now);
        return new PostgresTransaction(open.Number, name, xid, open.Sent, _plan!.Server.Identity);
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

    // Nothing of an open transaction outlives its session, and sessions of earlier attempts are ended by the clean-up.
    public override ValueTask AbortAsync(PostgresTransaction transaction, CancellationToken cancellation)
    {
        Forget(transaction);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        var plan = await PlanAsync(cancellation).ConfigureAwait(false);
        if (plan.Table.Persistence == 'u')
        {
            _context.Warn(
                $"{plan.Table.Name} is unlogged: a crash of the server empties it, whatever was committed. ALTER TABLE … SET LOGGED.");
        }

        await _settlement.CleanUpAsync(plan.Server.Identity.Database, cancellation).ConfigureAwait(false);
        if (recovery.Damaged.Count > 0)
        {
            _context.Warn(
                $"{string.Join(", ", recovery.Damaged)} cannot be read, but may have been committed to {_target}: what was written with "
                    + $"{(recovery.Damaged.Count == 1 ? "it" : "them")} is written again, and may be there twice.");
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }

        await EndSessionAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    private TimeSpan Now => _context.Time.GetElapsedTime(0);

    // All that waits goes as one piece: it is bounded, since nothing is written to a full sink.
    private async ValueTask SendAsync(OpenRows<T> open, CancellationToken cancellation)
    {
        var rows = open.Take();
        if (rows.Count == 0)
        {
            return;
        }

        var plan = await PlanAsync(cancellation).ConfigureAwait(false);
        var retry = new Retry(_context.Time, _context.CallTimeout);
        while (!await TrySendAsync(open, rows, plan, retry, cancellation).ConfigureAwait(false))
        {
        }

        open.Return(rows);
    }

    private async ValueTask<bool> TrySendAsync(
        OpenRows<T> open, List<T> rows, TablePlan<T> plan, Retry retry, CancellationToken cancellation)
    {
        try
        {
            if (_session is null)
            {
                _session = await CopySession.BeginAsync(_server.Source, TransactionName.SessionOf(_context), cancellation)
                    .ConfigureAwait(false);
                _watch.Begun(Now);
            }

            var started = _context.Time.GetTimestamp();
            await _session.CopyAsync(rows, open.Sent, plan, _target, cancellation).ConfigureAwait(false);
            open.Sent += rows.Count;
            _watch.Sent(Now);
            _enough = new CopySize(_enough).After(rows.Count, _context.Time.GetElapsedTime(started)).Rows;
            return true;
        }
        catch (Exception failure)
        {
            await EndSessionAsync().ConfigureAwait(false);
            switch (failure)
            {
                case PostgresException refused when Failures.IsRefusal(refused):
                    throw RowFailure.Refused(refused, rows, open.Sent, _target);
                case not null when !Failures.IsTransient(failure) || cancellation.IsCancellationRequested:
                    throw;
                case not null when open.Sent > 0:
                    throw Lost(open, failure);
                default:
                    await _server.WaitAsync(retry, $"Sending rows to {_target}", failure!, _context, cancellation).ConfigureAwait(false);
                    return false;
            }
        }
    }

    /// <summary>Sends what is left and prepares. Begins again while everything is still at hand.</summary>
    /// <returns>The transaction's id.</returns>
    private async ValueTask<ulong> PrepareAsync(OpenRows<T> open, string name, CancellationToken cancellation)
    {
        var isAtHand = open.Sent == 0;
        var all = isAtHand ? open.Copy() : [];
        var retry = new Retry(_context.Time, _context.CallTimeout);
        while (true)
        {
            await SendAsync(open, cancellation).ConfigureAwait(false);
            var xid = _session!.Xid;
            try
            {
                await _session.PrepareAsync(name, cancellation).ConfigureAwait(false);
                await EndSessionAsync().ConfigureAwait(false);
                return xid;
            }
            catch (PostgresException refused) when (Failures.IsRefusal(refused))
            {
                await EndSessionAsync().ConfigureAwait(false);
                throw new SinkException(
                    $"The transaction '{name}' with {open.Sent} rows for {_target} cannot be prepared: {Failures.TextOf(refused)} Nothing "
                        + "of it is in the table.",
                    refused);
            }
            catch (Exception failure) when (Failures.IsTransient(failure) && !cancellation.IsCancellationRequested)
            {
                await EndSessionAsync().ConfigureAwait(false);
                if (await _settlement.FateAsync(name, xid, cancellation).ConfigureAwait(false) == TransactionFate.Prepared)
                {
                    return xid;
                }

                if (!isAtHand)
                {
                    throw Lost(open, failure);
                }

                await _server.WaitAsync(retry, $"Preparing '{name}' for {_target}", failure, _context, cancellation).ConfigureAwait(false);
                open.Sent = 0;
                open.Add(all);
            }
        }
    }

    private async ValueTask<TablePlan<T>> PlanAsync(CancellationToken cancellation)
    {
        if (_plan is null)
        {
            _plan = await _server.TryAsync(
                $"Asking for {_target}",
                _context,
                (connection, cancel) => TablePlan<T>.ReadAsync(connection, _table, _columns, needsPrepared: true, _server.Address, cancel),
                cancellation).ConfigureAwait(false);
            _watch.Limits(_plan.Server.IdleLimit, _plan.Server.TransactionLimit);
            _timer = _context.Time.CreateTimer(_ => Look(), null, _watch.Period, _watch.Period);
        }

        return _plan;
    }

    private void Look()
    {
        foreach (var warning in _watch.Look(Now))
        {
            _context.Warn(warning);
        }
    }

    private IOException Lost(OpenRows<T> open, Exception failure) => new(
        $"The transaction for {_target} was lost with {open.Sent} rows, which were sent and not yet prepared: {Failures.TextOf(failure)} "
            + "The job goes back to its newest checkpoint and writes them again.",
        failure);

    // A connection that is broken already may complain: what broke it is known.
    private async ValueTask EndSessionAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            _watch.Ended();
            try
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or ObjectDisposedException)
            {
            }
        }
    }

    private OpenRows<T>? Find(PostgresTransaction transaction)
    {
        lock (_lock)
        {
            return _open.GetValueOrDefault(transaction.Number);
        }
    }

    private void Forget(PostgresTransaction transaction)
    {
        lock (_lock)
        {
            _open.Remove(transaction.Number);
        }
    }
}
