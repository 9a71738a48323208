using Weir.Graph;

namespace Weir;

/// <summary>A keyed stream cut into windows. Aggregate it to get a stream again.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
public sealed class WindowedStream<T, TKey>
{
    internal WindowedStream(KeyedStream<T, TKey> keyed, WindowKind window, StageOutput<T>? late = null)
    {
        Keyed = keyed;
        Window = window;
        Late = late;
    }

    /// <summary>Gets the keyed stream.</summary>
    public KeyedStream<T, TKey> Keyed { get; }

    /// <summary>Gets how it is cut.</summary>
    public WindowKind Window { get; }

    /// <summary>Gets where its late records go; null if they are dropped.</summary>
    public StageOutput<T>? Late { get; }
}
