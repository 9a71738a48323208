namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>
    /// Makes a result at each record, by LINQ over all records of its key so far: running counts, sums, averages, maxima.
    /// </summary>
    /// <remarks>
    /// <para>In a <c>[Pipeline]</c> the compiler turns what it can into an accumulator that keeps no record, as for windows. Elsewhere, and
    /// for anything else, all records of each key are kept, and walked at each record: with keys that have many records that is neither
    /// small nor quick.</para>
    /// <para>The result has the event time of the record. There is one accumulator for each key, for ever. The window of the group is all
    /// of time.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="result">Makes the result of one key.</param>
    /// <returns>One result for each record, in order.</returns>
    /// <example><code>payments.KeyBy(p => p.Card).Aggregate(g => new Spent(g.Key, g.Sum(p => p.Amount)))</code></example>
    public static Stream<TOut> Aggregate<T, TKey, TOut>(
        this KeyedStream<T, TKey> source, [Deterministic] Func<WindowGroup<TKey, T>, TOut> result) =>
        Running(source).Aggregate(result);

    /// <summary>Makes a result at each record, by a hand-written aggregate of all records of its key so far.</summary>
    /// <remarks>The result has the event time of the record. There is one accumulator for each key, for ever.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="aggregate">Creates, adds and finishes accumulators; nothing is merged.</param>
    /// <returns>One result for each record, in order.</returns>
    public static Stream<TOut> Aggregate<T, TKey, TAcc, TOut>(
        this KeyedStream<T, TKey> source, IAggregate<T, TAcc, TOut> aggregate) =>
        Running(source).Aggregate(aggregate);

    /// <summary>Makes a result at each record, by a hand-written aggregate of all records of its key so far, and the key.</summary>
    /// <remarks>The result has the event time of the record. There is one accumulator for each key, for ever.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
    /// <typeparam name="TValue">What the aggregate finishes with.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="aggregate">Creates, adds and finishes accumulators; nothing is merged.</param>
    /// <param name="result">Makes the result of the key and what the aggregate finished with.</param>
    /// <returns>One result for each record, in order.</returns>
    public static Stream<TOut> Aggregate<T, TKey, TAcc, TValue, TOut>(
        this KeyedStream<T, TKey> source,
        IAggregate<T, TAcc, TValue> aggregate,
        [Deterministic] Func<TKey, TValue, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Running(source).Aggregate(aggregate, (key, _, value) => result(key, value), result);
    }

    private static WindowedStream<T, TKey> Running<T, TKey>(KeyedStream<T, TKey> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new WindowedStream<T, TKey>(source, new WindowSpec<T>(RunningWindow.Instance));
    }
}
