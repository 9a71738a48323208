namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Lets windows forget what they hold whenever they fire: each result is made of the records since the one before.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <returns>The windowed stream.</returns>
    public static WindowedStream<T, TKey> Discarding<T, TKey>(this WindowedStream<T, TKey> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new WindowedStream<T, TKey>(source.Keyed, source.Windows with { Results = WindowResults.Discarding });
    }
}
