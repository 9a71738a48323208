namespace Weir;

/// <summary>Two keyed streams of the same kind of key, to be treated together.</summary>
/// <typeparam name="TLeft">The records of the first.</typeparam>
/// <typeparam name="TRight">The records of the second.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class ConnectedStreams<TLeft, TRight, TKey>
{
    internal ConnectedStreams(KeyedStream<TLeft, TKey> left, KeyedStream<TRight, TKey> right) => (Left, Right) = (left, right);

    /// <summary>Gets the first stream.</summary>
    public KeyedStream<TLeft, TKey> Left { get; }

    /// <summary>Gets the second stream.</summary>
    public KeyedStream<TRight, TKey> Right { get; }
}
