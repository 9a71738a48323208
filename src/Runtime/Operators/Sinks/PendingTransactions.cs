namespace Weir.Runtime.Operators.Sinks;

/// <summary>A transaction that waits for the checkpoint that decides about it.</summary>
/// <param name="Checkpoint">The checkpoint that it was pre-committed for.</param>
/// <param name="Handle">Its handle.</param>
internal readonly record struct PendingTransaction<TTransaction>(CheckpointName Checkpoint, TTransaction Handle);

/// <summary>
/// The transactions of one sink in one subtask: which is open, which wait, and what each checkpoint must remember of them. Pure.
/// </summary>
/// <remarks>
/// Semantics I: a barrier cuts the open transaction off; a completed checkpoint commits all that wait up to it, whatever happened to the
/// notifications between; a declined one aborts nothing, for no source replays its records.
/// </remarks>
internal sealed class PendingTransactions<TTransaction>
{
    private readonly List<PendingTransaction<TTransaction>> _waiting = [];
    private readonly List<Cut> _cuts = [];
    private Open? _open;

    /// <summary>Whether a final barrier has passed: nothing may be written any more.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Gets a value indicating whether a transaction is open.</summary>
    public bool HasOpen => _open is not null;

    /// <summary>Gets the handle of the open transaction.</summary>
    public TTransaction Current => _open is { } open
        ? open.Handle
        : throw new InvariantException(IsFinished ? "records came after the final barrier"
            : "records came before the first transaction was begun");

    public IReadOnlyList<PendingTransaction<TTransaction>> Waiting => _waiting;

    /// <summary>A transaction has been begun.</summary>
    public void Begin(TTransaction handle)
    {
        Invariant.Holds(!IsFinished && _open is null, "a transaction was begun while another was open, or after the end");
        _open = new Open(handle);
    }

    /// <summary>A barrier has come: the open transaction is to be pre-committed, and unless the barrier is final the next begins.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="isFinal">Whether nothing follows.</param>
    /// <param name="begin">Begins the next transaction; null if it may begin only when this one is decided.</param>
    /// <param name="handle">The transaction to pre-commit.</param>
    /// <returns>Whether there is one: not after a final barrier, nor while none has begun since the last.</returns>
    public bool TryCut(CheckpointId checkpoint, bool isFinal, Func<TTransaction>? begin, out TTransaction handle)
    {
        var cut = _open;
        IsFinished |= isFinal;
        _open = IsFinished || begin is null ? null : new Open(begin());
        _cuts.Add(new Cut(checkpoint, _open));
        handle = cut is { } ended ? ended.Handle : default!;
        return cut is not null;
    }

    /// <summary>A transaction has been pre-committed.</summary>
    public void PreCommitted(CheckpointName checkpoint, TTransaction handle) => _waiting.Add(new(checkpoint, handle));

    /// <summary>
    /// What a checkpoint remembers: all that waits up to it, and the transaction that was open behind its barrier. Asked once.
    /// </summary>
    public (IReadOnlyList<PendingTransaction<TTransaction>> Waiting, IReadOnlyList<TTransaction> Open) StateAt(CheckpointId checkpoint)
    {
        var cut = _cuts.Find(other => other.Checkpoint == checkpoint);
        _cuts.RemoveAll(other => other.Checkpoint <= checkpoint);
        return (UpTo(checkpoint), cut.Open is { } open ? [open.Handle] : []);
    }

    /// <summary>What is to be committed when a checkpoint exists, oldest first.</summary>
    public IReadOnlyList<PendingTransaction<TTransaction>> UpTo(CheckpointId checkpoint) =>
        _waiting.FindAll(other => other.Checkpoint.Id <= checkpoint);

    /// <summary>Whether there is anything to commit when a checkpoint exists. Asked in every step: allocates nothing.</summary>
    public bool HasUpTo(CheckpointId checkpoint)
    {
        foreach (var other in _waiting)
        {
            if (other.Checkpoint.Id <= checkpoint)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Transactions have been committed.</summary>
    public void Committed(IReadOnlyList<PendingTransaction<TTransaction>> transactions) =>
        _waiting.RemoveAll(waiting => transactions.Any(committed => committed.Checkpoint == waiting.Checkpoint));

    private sealed record Open(TTransaction Handle);

    private readonly record struct Cut(CheckpointId Checkpoint, Open? Open);
}
