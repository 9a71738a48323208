namespace Weir;

/// <summary>
/// A sink without transactions: after a recovery it sees records again. At least once; exactly once if writing a record twice changes
/// nothing.
/// </summary>
/// <remarks>Called by one thread at a time.</remarks>
/// <typeparam name="T">The records.</typeparam>
public abstract class SinkWriter<T> : ISinkWriter<T>
{
    /// <summary>Called once, before the first record: the place to connect, and to find out what would be refused later.</summary>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when it may be written to.</returns>
    public virtual ValueTask StartAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Takes records. May keep them until <see cref="FlushAsync"/>.</summary>
    /// <param name="batch">Valid during the call.</param>
    public abstract void Write(Batch<T> batch);

    /// <summary>
    /// Gets whether it holds records that must go on before it is given more. It is given none then, until <see cref="DrainAsync"/> has
    /// ended: so a writer that waits for somebody holds the job back, and no thread waits with it. Never by default.
    /// </summary>
    public virtual bool HasBacklog => false;

    /// <summary>
    /// Lets go of what it holds; it may take as long as it likes. Called on the work pool, if <see cref="HasBacklog"/> says so, soon after
    /// a step has written, and before each flush.
    /// </summary>
    /// <param name="cancellation">Cancelled when the attempt ends.</param>
    /// <returns>Done when it may be given more.</returns>
    public virtual ValueTask DrainAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Makes all that was written durable: the checkpoint that waits for this will not replay it.</summary>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>Done when durable.</returns>
    public virtual ValueTask FlushAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public TResult Accept<TResult>(ISinkVisitor<T, TResult> visitor) => visitor.Visit(this);
}
