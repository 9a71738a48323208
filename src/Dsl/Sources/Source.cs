namespace Weir;

/// <summary>A source is splits and positions: it finds splits, and opens a reader of a split at an offset.</summary>
/// <remarks>
/// Splits are found by <see cref="Discover"/>, by default all at once when a job starts without a checkpoint; which are unread, being read
/// and at which offset then comes from the checkpoint. Each split belongs to one subtask. Members are called by one thread at a time.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TSplit">What names a split: small, immutable, stored in checkpoints.</typeparam>
public abstract class Source<T, TSplit> : ISource<T>
{
    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <summary>Gets what splits are stored with.</summary>
    public abstract Codec<TSplit> SplitCodec { get; }

    /// <summary>Gets in which order a subtask reads its splits. <see cref="SplitOrder.OneByOne"/> by default.</summary>
    public virtual SplitOrder Order => SplitOrder.OneByOne;

    /// <summary>
    /// Called once in each subtask, before a checkpoint is dealt out: the place to ask for the lists that readers keep beside their offsets
    /// (<see cref="SourceContext.ListState"/>). Readers get the same lists by the same names. Does nothing by default.
    /// </summary>
    /// <param name="context">What the runtime knows; readers of the subtask get the same.</param>
    public virtual void Declare(SourceContext context)
    {
    }

    /// <summary>Lists all splits that there are now, in the order in which they should be read.</summary>
    /// <param name="context">What the runtime knows.</param>
    /// <param name="cancellation">Cancels the listing.</param>
    /// <returns>The splits.</returns>
    public abstract ValueTask<IReadOnlyList<TSplit>> ListSplitsAsync(SourceContext context, CancellationToken cancellation);

    /// <summary>
    /// Begins to find splits. By default they are what <see cref="ListSplitsAsync"/> says once. A source with very many splits, or with
    /// splits that appear while the job runs, overrides it.
    /// </summary>
    /// <param name="context">What the runtime knows.</param>
    /// <param name="state">Empty for a job without a checkpoint; otherwise the <see cref="ISplitDiscovery{TSplit}.State"/> of the discovery
    /// to go on from.</param>
    /// <returns>The discovery.</returns>
    public virtual ISplitDiscovery<TSplit> Discover(SourceContext context, ReadOnlyMemory<byte> state) =>
        new SplitList<TSplit>(cancellation => ListSplitsAsync(context, cancellation), !state.IsEmpty);

    /// <summary>Where reading of a split begins when no checkpoint says otherwise.</summary>
    /// <param name="split">The split.</param>
    /// <returns>Its first offset.</returns>
    public abstract Offset StartOf(TSplit split);

    /// <summary>
    /// Opens a split. Throws what explains to the user why it cannot be read: a position that is no longer there is never another one in
    /// silence.
    /// </summary>
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
