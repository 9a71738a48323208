namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes one result of each key and window, by LINQ over its records, together with the result that it replaces.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results: they need a codec.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="result">Makes the result of one key and window.</param>
    /// <returns>One change for each key and window that holds a record, whenever the window fires.</returns>
    public static Stream<Change<TOut>> Aggregate<T, TKey, TOut>(
        this RetractingStream<T, TKey> source,
        [Deterministic] Func<WindowGroup<TKey, T>, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(result);
        return source.Of<TOut>().Aggregate(g => Change<TOut>.First(result(g)), result);
    }

    /// <summary>Makes one result of each key and window, by a hand-written aggregate, together with the result that it replaces.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
    /// <typeparam name="TOut">The results: they need a codec.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="aggregate">Creates, adds, merges and finishes accumulators.</param>
    /// <returns>One change for each key and window that holds a record, whenever the window fires.</returns>
    public static Stream<Change<TOut>> Aggregate<T, TKey, TAcc, TOut>(
        this RetractingStream<T, TKey> source, IAggregate<T, TAcc, TOut> aggregate) =>
        source.Aggregate(aggregate, static (_, _, value) => value);

    /// <summary>
    /// Makes one result of each key and window, by a hand-written aggregate, its key and its window, together with the result that it
    /// replaces.
    /// </summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
    /// <typeparam name="TValue">What the aggregate finishes with.</typeparam>
    /// <typeparam name="TOut">The results: they need a codec.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="aggregate">Creates, adds, merges and finishes accumulators.</param>
    /// <param name="result">Makes the result of the key, the window and what the aggregate finished with.</param>
    /// <returns>One change for each key and window that holds a record, whenever the window fires.</returns>
    public static Stream<Change<TOut>> Aggregate<T, TKey, TAcc, TValue, TOut>(
        this RetractingStream<T, TKey> source,
        IAggregate<T, TAcc, TValue> aggregate,
        [Deterministic] Func<TKey, TimeWindow, TValue, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(result);
        return source.Of<TOut>().Aggregate(
            aggregate, (key, window, value) => Change<TOut>.First(result(key, window, value)), result);
    }
}
