namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Lets each different record pass once: the first of those that are equal.</summary>
    /// <remarks>
    /// Keys the stream by its records. Each different record is kept for ever: for a stream without end whose records do not repeat, use
    /// <c>Deduplicate(within)</c>, which forgets.
    /// </remarks>
    /// <typeparam name="T">The records: they need a codec and value equality, as a key does; not null.</typeparam>
    /// <param name="source">The stream.</param>
    /// <returns>The first of each.</returns>
    public static Stream<T> Distinct<T>(this Stream<T> source) =>
        source.KeyBy(static record => record).Run("Distinct", static () => new FirstOfKey<T, T>(), null);

    /// <summary>Lets each different record of a key pass once: the first of those that are equal.</summary>
    /// <remarks>Each different record of each key is kept for ever.</remarks>
    /// <typeparam name="T">The records: they need a codec and value equality.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <returns>The first of each.</returns>
    public static Stream<T> Distinct<T, TKey>(this KeyedStream<T, TKey> source)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Run("Distinct", static () => new DistinctOfKey<TKey, T, T>(static record => record), null);
    }

    /// <summary>Lets the first record of each value of a key pass.</summary>
    /// <remarks>Each different value of each key is kept for ever, not the records.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TValue">The value: it needs a codec and value equality; not null.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="value">What records are told apart by.</param>
    /// <returns>The first record of each value.</returns>
    /// <example><code>visits.KeyBy(v => v.User).DistinctBy(v => v.Page)</code></example>
    public static Stream<T> DistinctBy<T, TKey, TValue>(this KeyedStream<T, TKey> source, [Deterministic] Func<T, TValue> value)
        where TValue : notnull
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(value);
        return source.Run("DistinctBy", () => new DistinctOfKey<TKey, T, TValue>(value), value);
    }
}
