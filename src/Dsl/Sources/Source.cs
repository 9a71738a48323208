namespace Weir;

/// <summary>A source is splits and positions: it lists splits, and opens a reader of a split at an offset.</summary>
/// <remarks>
/// Splits are listed once, when a job starts without a checkpoint; afterwards they and their offsets come from the checkpoint.
/// Each split belongs to one subtask. Members are called by one thread at a time.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TSplit">What names a split: small, immutable, stored in checkpoints.</typeparam>
public abstract class Source<T, TSplit> : ISource<T>
{
    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <summary>Gets what splits are stored with.</summary>
    public abstract Codec<TSplit> SplitCodec { get; }

    /// <summary>Lists all splits, in the order in which they should be read.</summary>
    /// <param name="context">What the runtime knows.</param>
    /// <param name="cancellation">Cancels the listing.</param>
    /// <returns>The splits.</returns>
    public abstract ValueTask<IReadOnlyList<TSplit>> ListSplitsAsync(SourceContext context, CancellationToken cancellation);

    /// <summary>Where reading of a split begins when no checkpoint says otherwise.</summary>
    /// <param name="split">The split.</param>
    /// <returns>Its first offset.</returns>
    public abstract Offset StartOf(TSplit split);

    /// <summary>Opens a split. Throws what explains to the user why it cannot be read.</summary>
    /// <param name="split">The split.</param>
    /// <param name="offset">Where to begin: <see cref="StartOf"/>, or what a reader of it said before.</param>
    /// <param name="context">What the runtime knows.</param>
    /// <returns>The reader.</returns>
    public abstract ISplitReader<T> Open(TSplit split, Offset offset, SourceContext context);

    /// <summary>Whether a split that a checkpoint holds is one of this source. Says why not, for the message; null if it is.</summary>
    /// <param name="split">The stored split.</param>
    /// <returns>The reason for refusing it and what to do, as part of a sentence without a period; or null.</returns>
    public virtual string? Refuse(TSplit split) => null;

    /// <inheritdoc/>
    public TResult Accept<TResult>(ISourceVisitor<T, TResult> visitor) => visitor.Visit(this);
}
