namespace Weir;

/// <summary>A keyed stream cut into windows. Aggregate it to get a stream again.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class WindowedStream<T, TKey>
{
    internal WindowedStream(KeyedStream<T, TKey> keyed, WindowSpec<T> windows)
    {
        Keyed = keyed;
        Windows = windows;
    }

    /// <summary>Gets the keyed stream.</summary>
    public KeyedStream<T, TKey> Keyed { get; }

    /// <summary>Gets how it is cut, when windows fire, and what becomes of late records.</summary>
    public WindowSpec<T> Windows { get; }
}
