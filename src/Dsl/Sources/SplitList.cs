namespace Weir;

/// <summary>The discovery of a source that lists its splits once.</summary>
internal sealed class SplitList<TSplit>(Func<CancellationToken, ValueTask<IReadOnlyList<TSplit>>> list, bool isListed)
    : ISplitDiscovery<TSplit>
{
    // One byte that says that the list has been made: what is unread of it, the runtime keeps.
    public ReadOnlyMemory<byte> State { get; } = new byte[] { 1 };

    public TimeSpan? AskAgainIn => null;

    public ValueTask<IReadOnlyList<TSplit>> NextAsync(CancellationToken cancellation) =>
        isListed ? ValueTask.FromResult<IReadOnlyList<TSplit>>([]) : list(cancellation);
}
