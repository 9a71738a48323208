namespace Weir;

/// <summary>A sink whose records become visible with the checkpoint that covers them, all or none: exactly once from end to end.</summary>
/// <remarks>
/// <para>The life of a transaction: <see cref="Begin"/>, any number of <see cref="Write"/>, <see cref="PreCommitAsync"/> at the barrier
/// (the handle goes into the checkpoint and the next transaction begins), <see cref="CommitAsync"/> after the checkpoint exists. A declined
/// checkpoint aborts nothing: its transactions stay pending and are committed with the next one that completes, for no source will replay
/// their records.</para>
/// <para>A pre-commit and a commit are told the checkpoint that the transaction was pre-committed for. A transaction may be committed with
/// a later checkpoint than that: what is decided for checkpoint n commits all that was pre-committed for n and before it.</para>
/// <para>At recovery, for each restored handle <see cref="RecoverAndCommitAsync"/>, then <see cref="RecoverAndAbortAsync"/> for the
/// transaction that was open when the checkpoint was taken, then <see cref="CleanUpAsync"/>, then the first <see cref="Begin"/>.</para>
/// <para>One instance a subtask. No two members run at the same time, except that <see cref="Begin"/> and writes to the current transaction
/// go on while, on another thread, records are sent on (<see cref="DrainAsync"/>) or earlier transactions are pre-committed or
/// committed. A sink that <see cref="MayCommitWhileSending"/> has its commits called beside these, too.</para>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TTransaction">The handle: all that a later process needs to commit or abort. Small, immutable, stored in
/// checkpoints.</typeparam>
public abstract class TwoPhaseCommitSink<T, TTransaction> : ISinkWriter<T>
{
    /// <summary>Gets what handles are stored with.</summary>
    public abstract Codec<TTransaction> TransactionCodec { get; }

    /// <summary>
    /// Gets whether the next transaction may begin while one waits for its checkpoint's decision. True by default. If not, nothing is
    /// written between the barrier and the decision: records wait upstream, and <see cref="Begin"/> is called after the checkpoint has been
    /// committed or given up.
    /// </summary>
    public virtual bool MayWriteWhilePending => true;

    /// <summary>
    /// Gets whether <see cref="CommitAsync"/> may run while records of later transactions are sent or pre-committed. False by default: a
    /// commit waits for those then. It must be true where a record can wait for a lock that a pre-committed transaction holds, because the
    /// commit that would free it and the record would wait for each other. Looked at once; only where
    /// <see cref="MayWriteWhilePending"/>.
    /// </summary>
    public virtual bool MayCommitWhileSending => false;

    /// <summary>Begins a transaction. Cheap: it may never be written to.</summary>
    /// <returns>Its handle.</returns>
    public abstract TTransaction Begin();

    /// <summary>Writes records into the current transaction, invisibly.</summary>
    /// <param name="transaction">What the last <see cref="Begin"/> returned.</param>
    /// <param name="batch">Valid during the call.</param>
    public abstract void Write(TTransaction transaction, Batch<T> batch);

    /// <summary>
    /// Gets whether it holds enough records of the current transaction that some should be sent on: <see cref="DrainAsync"/> is called
    /// soon. Never by default: then all are sent by the pre-commit, or as they are written.
    /// </summary>
    public virtual bool HasBacklog => false;

    /// <summary>
    /// Gets whether it can take no more for now. It is given none then, until a drain or a pre-commit has ended: so a sink that waits for
    /// a network holds the job back, and no thread waits with it. Never by default.
    /// </summary>
    public virtual bool IsFull => false;

    /// <summary>
    /// Sends records on that <see cref="Write"/> has taken, invisibly still. Called on the work pool, if <see cref="HasBacklog"/> says so;
    /// writes to the same transaction go on meanwhile. The pre-commit sends what is left.
    /// </summary>
    /// <param name="transaction">What the last <see cref="Begin"/> returned.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when sent. Records that come meanwhile may wait for the next call.</returns>
    public virtual ValueTask DrainAsync(TTransaction transaction, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>
    /// Makes the transaction durable, so that nothing but <see cref="CommitAsync"/> is missing, and that cannot fail for good.
    /// </summary>
    /// <param name="transaction">The handle.</param>
    /// <param name="checkpoint">The checkpoint whose barrier ended the transaction.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>The handle to store; it may say more than the one that <see cref="Begin"/> gave.</returns>
    public abstract ValueTask<TTransaction> PreCommitAsync(
        TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation);

    /// <summary>Makes a pre-committed transaction visible. Idempotent.</summary>
    /// <param name="transaction">The handle.</param>
    /// <param name="checkpoint">The checkpoint that it was pre-committed for.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when visible.</returns>
    public abstract ValueTask CommitAsync(TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation);

    /// <summary>Throws a transaction away that was not pre-committed. Idempotent.</summary>
    /// <param name="transaction">The handle.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when gone.</returns>
    public abstract ValueTask AbortAsync(TTransaction transaction, CancellationToken cancellation);

    /// <summary>Commits a transaction that an earlier process pre-committed, and may have committed. Idempotent.</summary>
    /// <param name="transaction">The handle.</param>
    /// <param name="checkpoint">The checkpoint that it was pre-committed for.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when visible.</returns>
    public virtual ValueTask RecoverAndCommitAsync(TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
        CommitAsync(transaction, checkpoint, cancellation);

    /// <summary>Aborts a transaction that an earlier process had open. Idempotent.</summary>
    /// <param name="transaction">The handle.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when gone.</returns>
    public virtual ValueTask RecoverAndAbortAsync(TTransaction transaction, CancellationToken cancellation) =>
        AbortAsync(transaction, cancellation);

    /// <summary>
    /// Throws away what earlier attempts left behind that no checkpoint knows of. Called once, on subtask 0 of the sink, after every
    /// subtask has committed what was restored and before any of them begins a transaction.
    /// </summary>
    /// <param name="recovery">Where the job continues, and which newer checkpoints were lost.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when clean.</returns>
    public virtual ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public TResult Accept<TResult>(ISinkVisitor<T, TResult> visitor) => visitor.Visit(this);
}
