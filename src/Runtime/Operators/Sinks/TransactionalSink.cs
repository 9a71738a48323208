using System.Collections.Immutable;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Operators.Sinks;

/// <summary>Drives a <see cref="TwoPhaseCommitSink{T, TTransaction}"/> in one subtask.</summary>
internal sealed class TransactionalSink<T, TTransaction> : Receiver<T>, ISinkOperator
{
    private readonly TwoPhaseCommitSink<T, TTransaction> _sink;
    private readonly string _description;
    private readonly SubtaskContext _subtask;
    private const string Transaction = "transaction";

    private readonly TransactionStateCodec<TTransaction> _codec;
    private readonly PendingTransactions<TTransaction> _transactions = new();
    private readonly List<TransactionState<TTransaction>> _restored = [];
    private readonly SerialWork _work;
    private readonly StoredLists? _lists;

    // As of the barriers whose snapshots have not been written.
    private readonly List<(CheckpointId Checkpoint, ImmutableArray<StateItem> Items)> _aside = [];
    private readonly TransactionCounters _counters;
    private readonly TransactionAges _ages;

    // The same, unless commits may go on beside what is sent.
    private readonly SerialWork _commits;
    private CheckpointName _preCommitted;
    private CheckpointId _committing;
    private CheckpointId _cut;
    private bool _isDraining;

    public TransactionalSink(
        TwoPhaseCommitSink<T, TTransaction> sink, string id, string description, SubtaskContext subtask, StoredLists? lists = null)
    {
        _lists = lists;
        _sink = sink;
        _description = description;
        _subtask = subtask;
        Id = id;
        _codec = new TransactionStateCodec<TTransaction>(sink.TransactionCodec);
        _work = new SerialWork(id, description, subtask);
        _commits = sink is { MayCommitWhileSending: true, MayWriteWhilePending: true } ? new SerialWork(id, description, subtask) : _work;
        _counters = subtask.Counters.Of(id).CountTransactions();
        _ages = new TransactionAges(subtask.Job.Time, _counters);
    }

    public string Id { get; }

    public IReadOnlyList<SchemaMember> Schemas => [new(Transaction, _codec.Schema), .. _lists?.Schemas ?? []];

    // After the end nothing is written any more, but further final barriers may come.
    public bool MayWrite => _transactions.IsFinished || (_transactions.HasOpen && !_sink.IsFull);

    // What the transaction is full of goes on to be sent, and the barrier behind it.
    public bool MayCut => _transactions.IsFinished || _transactions.HasOpen;

    public void Open()
    {
        _lists?.Begin();
        _transactions.Begin(Begin());
        _ages.Begun();
    }

    public override void OnBatch(Batch<T> batch)
    {
        _lists?.Enter();
        _sink.Write(_transactions.Current, batch);
        _lists?.Leave();
        _subtask.Counters.AddOut(batch.Count);
    }

    public override void OnWatermark(Watermark watermark) => _subtask.Counters.SetWatermark(watermark.Time);

    public override void OnIdle(bool isIdle)
    {
    }

    public void OnBarrier(Barrier barrier)
    {
        var checkpoint = barrier.Checkpoint;
        _cut = checkpoint.Id;
        if (_lists?.PutAside() is { Length: > 0 } items)
        {
            _aside.Add((checkpoint.Id, items));
        }

        if (!_transactions.TryCut(checkpoint.Id, barrier.IsFinal, _sink.MayWriteWhilePending ? Begin : null, out var handle))
        {
            _work.Add($"passing {checkpoint.Id}", static _ => ValueTask.CompletedTask, () => _preCommitted = checkpoint);
            return;
        }

        _ages.Cut(checkpoint.Id, _transactions.HasOpen);
        var durable = handle;
        _work.Add(
            $"pre-committing {checkpoint.Id}",
            async cancellation => durable = await _sink.PreCommitAsync(handle, checkpoint, cancellation).ConfigureAwait(false),
            () =>
            {
                _transactions.PreCommitted(checkpoint, durable);
                _preCommitted = checkpoint;
            });
    }

    public bool IsPreCommitted(CheckpointId checkpoint) => _preCommitted.Id >= checkpoint;

    public void Snapshot(CheckpointId checkpoint, OperatorStateWriter writer)
    {
        var (waiting, open) = _transactions.StateAt(checkpoint);

        // What is open behind a savepoint is the business of the job that goes on: whoever starts from it must not abort it.
        Write(writer, _preCommitted with { Id = checkpoint }, waiting, writer.IsSavepoint ? [] : open);
        writer.AddStateItems(_aside.Find(cut => cut.Checkpoint == checkpoint).Items);
        _aside.RemoveAll(cut => cut.Checkpoint <= checkpoint);
    }

    public void Snapshot(OperatorStateWriter writer)
    {
        Write(writer, _preCommitted, _transactions.Waiting, _transactions.HasOpen ? [_transactions.Current] : []);
        writer.AddStateItems(_lists?.PutAside() ?? default);
    }

    public void Restore(OperatorState state)
    {
        var codec = state.Forms.Reading(Transaction, _codec);
        foreach (var item in state.Items)
        {
            _restored.Add(codec.Decode(item));
        }

        _lists?.Restore(state);
    }

    public void Commit(CheckpointId checkpoint)
    {
        List<PendingTransaction<TTransaction>> due = [.. _transactions.UpTo(checkpoint)
            .Where(transaction => transaction.Checkpoint.Id > _committing)];
        if (due.Count > 0)
        {
            _committing = checkpoint;
            _commits.Add($"committing {checkpoint}", cancellation => CommitAsync(due, cancellation), () => Committed(due));
        }

        BeginAfter(checkpoint);
    }

    // Another one that is given up decides nothing about what waits here.
    public void Forget(CheckpointId checkpoint)
    {
        if (checkpoint == _cut)
        {
            BeginAfter(checkpoint);
        }
    }

    public bool IsCommitted(CheckpointId checkpoint) => !_transactions.HasUpTo(checkpoint);

    public Deadline Overdue => Deadline.Earlier(_work.Overdue, _commits.Overdue);

    public bool Poll()
    {
        var isProgress = _work.Poll() | _commits.Poll();
        SendBacklog();
        return isProgress;
    }

    public async ValueTask RecoverAsync(CancellationToken cancellation)
    {
        try
        {
            await SettleAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            throw OperatorFailure.Of(
                Id, _subtask.Job.Name, _subtask.Index, $"recovering transactions of {_description}", failure);
        }
    }

    public ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) => _sink.CleanUpAsync(recovery, cancellation);

    public ValueTask DisposeAsync() => _commits == _work
        ? _work.CloseAsync(_sink.DisposeAsync)
        : _work.CloseAsync(() => _commits.CloseAsync(_sink.DisposeAsync));

    // One piece at a time. Behind what is under way already: a pre-commit before it sends its own records first.
    private void SendBacklog()
    {
        if (!_isDraining && _transactions.HasOpen && _sink.HasBacklog)
        {
            _isDraining = true;
            var current = _transactions.Current;
            _work.Add("sending records", cancellation => _sink.DrainAsync(current, cancellation), () => _isDraining = false);
        }
    }

    /// <summary>Begins the transaction that waited for a decision, when what was pre-committed before it is through with it.</summary>
    private void BeginAfter(CheckpointId decided)
    {
        if (!_sink.MayWriteWhilePending && decided >= _cut)
        {
            _work.Add($"beginning after {decided}", static _ => ValueTask.CompletedTask, () => BeginNext(decided));
        }
    }

    private void BeginNext(CheckpointId decided)
    {
        // Not behind a barrier that came meanwhile: what is decided next must not hold what follows it.
        if (decided >= _cut && !_transactions.HasOpen && !_transactions.IsFinished)
        {
            _transactions.Begin(Begin());
            _ages.Begun();
        }
    }

    private TTransaction Begin()
    {
        _lists?.Enter();
        var transaction = _sink.Begin();
        _lists?.Leave();
        return transaction;
    }

    private void Committed(List<PendingTransaction<TTransaction>> due)
    {
        _transactions.Committed(due);
        _ages.Ended(due.Max(transaction => transaction.Checkpoint.Id));
        _counters.AddCommitted(due.Count);
    }

    private async ValueTask SettleAsync(CancellationToken cancellation)
    {
        foreach (var pending in _restored.Where(transaction => !transaction.IsOpen).OrderBy(transaction => transaction.Checkpoint))
        {
            await _sink.RecoverAndCommitAsync(pending.Handle, pending.Checkpoint, cancellation).ConfigureAwait(false);
            _counters.AddRecovered();
        }

        foreach (var open in _restored.Where(transaction => transaction.IsOpen))
        {
            await _sink.RecoverAndAbortAsync(open.Handle, cancellation).ConfigureAwait(false);
            _counters.AddAborted();
        }

        _restored.Clear();
    }

    private async ValueTask CommitAsync(IReadOnlyList<PendingTransaction<TTransaction>> due, CancellationToken cancellation)
    {
        foreach (var transaction in due)
        {
            await _sink.CommitAsync(transaction.Handle, transaction.Checkpoint, cancellation).ConfigureAwait(false);
        }
    }

    private void Write(
        OperatorStateWriter writer,
        CheckpointName checkpoint,
        IReadOnlyList<PendingTransaction<TTransaction>> waiting,
        IReadOnlyList<TTransaction> open)
    {
        foreach (var transaction in waiting)
        {
            writer.AddItem(_codec, new(transaction.Checkpoint, IsOpen: false, transaction.Handle));
        }

        foreach (var handle in open)
        {
            writer.AddItem(_codec, new(checkpoint, IsOpen: true, handle));
        }
    }
}
