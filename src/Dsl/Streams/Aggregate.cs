using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes one result of each key and window, by LINQ over its records.</summary>
    /// <remarks>
    /// In a <c>[Pipeline]</c> the compiler turns <c>Count, LongCount, Sum, Min, Max, Average, MinBy, MaxBy, Any, All, First, Last,
    /// Aggregate</c> and
    /// <c>Distinct().Count()</c>, with <c>Where</c> and <c>Select</c> before them, into an accumulator that keeps no record. Elsewhere, and
    /// for anything else, the window's records are kept until it fires. The result's event time is the last microsecond of the window.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="result">Makes the result of one key and window.</param>
    /// <returns>One result for each key and window that holds a record, when the watermark passes the window's end.</returns>
    public static Stream<TOut> Aggregate<T, TKey, TOut>(
        this WindowedStream<T, TKey> source,
        [Deterministic] Func<WindowGroup<TKey, T>, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(result);
        return source.Aggregate(result, result);
    }

    /// <summary>Makes one result of each key and window, by a hand-written incremental aggregate.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="aggregate">Creates, adds, merges and finishes accumulators.</param>
    /// <returns>One result for each key and window that holds a record, when the watermark passes the window's end.</returns>
    public static Stream<TOut> Aggregate<T, TKey, TAcc, TOut>(this WindowedStream<T, TKey> source, IAggregate<T, TAcc, TOut> aggregate) =>
        source.Aggregate(aggregate, static (_, _, value) => value);

    /// <summary>Makes one result of each key and window, by a hand-written incremental aggregate, its key and its window.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
    /// <typeparam name="TValue">What the aggregate finishes with.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="aggregate">Creates, adds, merges and finishes accumulators.</param>
    /// <param name="result">Makes the result of the key, the window and what the aggregate finished with.</param>
    /// <returns>One result for each key and window that holds a record, when the watermark passes the window's end.</returns>
    public static Stream<TOut> Aggregate<T, TKey, TAcc, TValue, TOut>(
        this WindowedStream<T, TKey> source,
        IAggregate<T, TAcc, TValue> aggregate,
        [Deterministic] Func<TKey, TimeWindow, TValue, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(result);
        return source.Aggregate(aggregate, result, result);
    }

    private static Stream<TOut> Aggregate<T, TKey, TAcc, TValue, TOut>(
        this WindowedStream<T, TKey> source,
        IAggregate<T, TAcc, TValue> aggregate,
        Func<TKey, TimeWindow, TValue, TOut> result,
        Delegate written)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        return source.Keyed.Job.Then<TOut>(
            new AggregateStage<T, TKey, TAcc, TValue, TOut>(source.Keyed.Stage, source.Windows, aggregate, result)
            {
                Written = written,
            });
    }

    private static Stream<TOut> Aggregate<T, TKey, TOut>(
        this WindowedStream<T, TKey> source, Func<WindowGroup<TKey, T>, TOut> result, Delegate written) =>
        source.Keyed.Job.Then<TOut>(
            new AggregateGroupStage<T, TKey, TOut>(source.Keyed.Stage, source.Windows, result) { Written = written });
}
