namespace Weir;

/// <summary>Finds the splits of a source, a bounded number at a time, also such as appear while the job runs.</summary>
/// <remarks>
/// One a source and attempt. Each split that it returns is dealt to one subtask, in turn, and read once: it must not return one again that
/// it, or the one whose
/// <see cref="State"/> it was opened with, has returned. It may block: it is called on the work pool, one call at a time.
/// </remarks>
/// <typeparam name="TSplit">What names a split.</typeparam>
public interface ISplitDiscovery<TSplit>
{
    /// <summary>
    /// Gets what a checkpoint holds, so that the next attempt finds what comes after all that was returned so far. Not empty; small.
    /// </summary>
    ReadOnlyMemory<byte> State { get; }

    /// <summary>
    /// Gets when to ask again: zero as soon as splits are wanted, since there are more by now; null never, for there will be no more. As of
    /// the last call.
    /// </summary>
    TimeSpan? AskAgainIn { get; }

    /// <summary>Finds the next splits.</summary>
    /// <param name="cancellation">Cancels the search.</param>
    /// <returns>The splits, in the order in which they should be read; none if there are none for now.</returns>
    ValueTask<IReadOnlyList<TSplit>> NextAsync(CancellationToken cancellation);
}
