namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>
    /// Takes records out of windows that fire, before their function sees them. Windows then keep their records, whatever is made of them.
    /// </summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="evictor">Says which.</param>
    /// <returns>The windowed stream.</returns>
    /// <exception cref="InvalidOperationException">The windows have an evictor already.</exception>
    public static WindowedStream<T, TKey> Evict<T, TKey>(this WindowedStream<T, TKey> source, Evictor evictor) =>
        source.Evict(evictor, EvictWhen.BeforeFunction);

    /// <inheritdoc cref="Evict{T, TKey}(WindowedStream{T, TKey}, Evictor)"/>
    public static WindowedStream<T, TKey> Evict<T, TKey>(this WindowedStream<T, TKey> source, Evictor<T> evictor) =>
        source.Evict(evictor, EvictWhen.BeforeFunction);

    /// <summary>Takes records out of windows that fire. Windows then keep their records, whatever is made of them.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="evictor">Says which.</param>
    /// <param name="when">Before the function of the window, or after it.</param>
    /// <returns>The windowed stream.</returns>
    /// <exception cref="InvalidOperationException">The windows have an evictor already.</exception>
    public static WindowedStream<T, TKey> Evict<T, TKey>(this WindowedStream<T, TKey> source, Evictor evictor, EvictWhen when)
    {
        ArgumentNullException.ThrowIfNull(evictor);
        return source.Evict(evictor.For<T>(), when);
    }

    /// <inheritdoc cref="Evict{T, TKey}(WindowedStream{T, TKey}, Evictor, EvictWhen)"/>
    public static WindowedStream<T, TKey> Evict<T, TKey>(this WindowedStream<T, TKey> source, Evictor<T> evictor, EvictWhen when)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(evictor);
        source.CheckIsFree(source.Windows.Evictor, nameof(Evict));
        return new WindowedStream<T, TKey>(source.Keyed, source.Windows with { Evictor = evictor, EvictWhen = when });
    }
}
