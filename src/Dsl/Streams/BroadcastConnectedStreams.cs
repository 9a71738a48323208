namespace Weir;

/// <summary>A keyed stream, and one whose records go to every subtask, to be treated together.</summary>
/// <typeparam name="T">The records of the keyed stream.</typeparam>
/// <typeparam name="TRule">The records that go to every subtask.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class BroadcastConnectedStreams<T, TRule, TKey>
{
    internal BroadcastConnectedStreams(KeyedStream<T, TKey> keyed, Stream<TRule> broadcast) => (Keyed, Broadcast) = (keyed, broadcast);

    /// <summary>Gets the keyed stream.</summary>
    public KeyedStream<T, TKey> Keyed { get; }

    /// <summary>Gets the stream whose records go to every subtask.</summary>
    public Stream<TRule> Broadcast { get; }
}
