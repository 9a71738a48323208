using System.Data.Common;
using Weir.Ado.Rows;
using Weir.Ado.Server;
using Weir.Ado.Transactions;
using Weir.Databases;
using Weir.Databases.Values;

namespace Weir.Ado.Writing;

/// <summary>
/// The exactly-once sink of one subtask. Its rows become part of the checkpoint, and are inserted when it exists, together with a marker.
/// </summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class MarkerSinkWriter<T> : TwoPhaseCommitSink<T, MarkedTransaction>
{
    private readonly AdoServer _server;
    private readonly AdoNetSinkOptions _options;
    private readonly SinkContext _context;
    private readonly string _target;
    private readonly string _sink;
    private readonly IReadOnlyList<BoundValue<T>> _columns;
    private readonly string _check;
    private readonly RowInsert _insert;
    private readonly MarkerTable _markers;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, KeptRows<T>> _open = [];
    private KeptRows<T>? _current;
    private long _begun;

    public MarkerSinkWriter(
        AdoServer server, string table, IReadOnlyList<ValueColumn<T>> columns, AdoNetSinkOptions options, SinkContext context)
    {
        _server = server;
        _options = options;
        _context = context;
        _target = $"table {table} at {server.Address}";
        _sink = MarkedTransaction.SinkOf(context);
        _columns = [.. columns.Select(static column => column.Bind(isText: false))];
        string[] names = [.. columns.Select(static column => column.Name)];
        _check = $"SELECT {string.Join(", ", names)} FROM {table} WHERE 1 = 0";
        _insert = new RowInsert(
            table, names, options.ParameterPrefix, options.RowsPerStatement ?? RowInsert.DefaultRows(names.Length));
        _markers = new MarkerTable(options.ParameterPrefix);
    }

    public override Codec<MarkedTransaction> TransactionCodec => MarkedTransactionCodec.Instance;

    public override MarkedTransaction Begin()
    {
        _current = new KeptRows<T>(++_begun, _columns, _options.MaxBytesPerCheckpoint, _target);
        lock (_lock)
        {
            _open.Add(_current.Number, _current);
        }

        return MarkedTransaction.Begun(_current.Number);
    }

    public override void Write(MarkedTransaction transaction, Batch<T> batch)
    {
        foreach (var record in batch.Values)
        {
            _current!.Add(record);
        }
    }

    public override ValueTask<MarkedTransaction> PreCommitAsync(
        MarkedTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var kept = Forget(transaction);
        return ValueTask.FromResult(kept is not { Count: > 0 }
            ? transaction
            : new MarkedTransaction(
                kept.Number, _sink, _context.Attempt, _context.Subtask, kept.Count, _columns.Count, kept.Bytes).For(_insert.Columns));
    }

    public override async ValueTask CommitAsync(
        MarkedTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
    {
        if (transaction.Sink is null)
        {
            return;
        }

        if (transaction.ColumnNames is null && transaction.Columns != _columns.Count)
        {
            throw new SinkException(
                $"The {transaction} of {checkpoint} has rows of {transaction.Columns} columns, and the sink writes {_columns.Count} to "
                    + $"{_target}. "
                    + "Start once with the columns that the checkpoint was taken with, stop the job, and change them then.");
        }

        var isOwn = transaction.Attempt == _context.Attempt && transaction.Subtask == _context.Subtask && transaction.Sink == _sink;
        _ = await _server.TryAsync(
            $"Committing the {transaction} of {checkpoint}",
            _context,
            (connection, cancel) => InsertAsync(connection, transaction, checkpoint, isOwn, cancel),
            cancellation).ConfigureAwait(false);
    }

    // It was never anywhere but here, and in no checkpoint.
    public override ValueTask AbortAsync(MarkedTransaction transaction, CancellationToken cancellation)
    {
        _ = Forget(transaction);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
    {
        _ = await _server.TryAsync(
            $"Asking for {_target}",
            _context,
            async (connection, cancel) =>
            {
                await MarkerTable.CreateAsync(connection, _server, cancel).ConfigureAwait(false);
                await CheckAsync(connection, cancel).ConfigureAwait(false);
                return true;
            },
            cancellation).ConfigureAwait(false);
        DamagedCheckpoints.Tell(recovery, _context, _target);
    }

    private async ValueTask CheckAsync(DbConnection connection, CancellationToken cancellation)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = _check;
            try
            {
                var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                await reader.DisposeAsync().ConfigureAwait(false);
            }
            catch (DbException refused) when (_server.IsRefusal(refused))
            {
                throw new SinkException(
                    $"{_target} cannot be written to: {_server.TextOf(refused)} Table and columns are named as SQL writes them, with "
                        + "quotes where "
                        + "the database needs them.",
                    refused);
            }
        }
    }

    private async ValueTask<bool> InsertAsync(
        DbConnection connection, MarkedTransaction marked, CheckpointName checkpoint, bool isOwn, CancellationToken cancellation)
    {
        if (!await MarkerTable.ExistsAsync(connection, cancellation).ConfigureAwait(false))
        {
            await MarkerTable.CreateAsync(connection, _server, cancellation).ConfigureAwait(false);
        }

        var first = 0;
        try
        {
            return await TryInsertAsync(connection, marked, isOwn, int.MaxValue, row => first = row, cancellation).ConfigureAwait(false);
        }
        catch (DbException refused) when (_server.IsRefusal(refused))
        {
            // Another process may have committed it at the same time: then its marker is in the way, and says so.
            if (await IsMarkedAsync(connection, marked, cancellation).ConfigureAwait(false))
            {
                return true;
            }

            return await WhichAsync(connection, marked, checkpoint, isOwn, first, cancellation).ConfigureAwait(false) is { } named
                ? throw named
                : true;
        }
    }

    private async ValueTask<bool> IsMarkedAsync(DbConnection connection, MarkedTransaction marked, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            return await _markers.HasAsync(transaction, marked, cancellation).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryInsertAsync(
        DbConnection connection, MarkedTransaction marked, bool isOwn, int atOnce, Action<int> beginsWith, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (!await _markers.HasAsync(transaction, marked, cancellation).ConfigureAwait(false))
            {
                // The marker first: a second process that commits the same waits here, and is refused.
                await _markers.MarkAsync(transaction, marked, isOwn, cancellation).ConfigureAwait(false);
                await InsertOf(marked).SendAsync(transaction, marked, atOnce, beginsWith, cancellation).ConfigureAwait(false);
                await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            }

            return true;
        }
    }

    // Nothing has been inserted. The same again, row by row, says which one it is; if none is refused any more, all are in.
    private async ValueTask<SinkException?> WhichAsync(
        DbConnection connection, MarkedTransaction marked, CheckpointName checkpoint, bool isOwn, int first,
        CancellationToken cancellation)
    {
        var row = first;
        try
        {
            _ = await TryInsertAsync(connection, marked, isOwn, atOnce: 1, at => row = at, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (DbException again) when (_server.IsRefusal(again))
        {
            return new SinkException(
                $"The {marked} of {checkpoint} cannot be committed: {_target} refused row {RecordText.Number(row + 1)} of "
                    + $"{RecordText.Number(marked.Rows)}, {InsertOf(marked).TextOf(marked, row)}: {_server.TextOf(again)} Nothing of the "
                    + "transaction is "
                    + "in the table, and its rows are in the checkpoint: mend the table, and the next start commits them.",
                again);
        }
    }

    // Values go into the columns that they were made for, whatever the sink writes now.
    private RowInsert InsertOf(MarkedTransaction marked) => marked.Names is { } names ? _insert.For(names) : _insert;

    private KeptRows<T>? Forget(MarkedTransaction transaction)
    {
        lock (_lock)
        {
            return _open.Remove(transaction.Number, out var kept) ? kept : null;
        }
    }
}
