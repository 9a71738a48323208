namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes one of all records of a key so far, at each record: the first as it is, and from there on two at a time.</summary>
    /// <remarks>
    /// The result has the event time of the record. One record is kept for each key, for ever. What the function is given has been passed
    /// on: it must not change it, but make a new one.
    /// </remarks>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="reduce">Makes one of what there is so far and the record behind it.</param>
    /// <returns>One result for each record, in order.</returns>
    /// <example><code>readings.KeyBy(r => r.Sensor).Reduce((a, b) => a.Value > b.Value ? a : b)</code></example>
    public static Stream<T> Reduce<T, TKey>(this KeyedStream<T, TKey> source, [Deterministic] Func<T, T, T> reduce) =>
        Running(source).Reduce(reduce);
}
