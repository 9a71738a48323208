namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Is <see cref="KeyBy{T, TKey}"/> by the name that queries know: <c>from o in orders group o by o.Customer</c>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key: needs a codec and value equality. Null keys are refused when they occur.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="key">Runs again for the same record after a recovery, and must then answer the same.</param>
    /// <returns>The keyed stream.</returns>
    public static KeyedStream<T, TKey> GroupBy<T, TKey>(this Stream<T> source, [Deterministic] Func<T, TKey> key) => source.KeyBy(key);
}
