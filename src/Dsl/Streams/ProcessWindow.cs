using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes any number of results of all records of each key and window. The window keeps its records until then.</summary>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="process">
    /// Makes the results of the records, in order of arrival, with the key, the window, the watermark and the clock. The list is valid
    /// until the results have been taken.
    /// </param>
    /// <returns>The results; their event time is the last microsecond of the window.</returns>
    public static Stream<TOut> Process<T, TKey, TOut>(
        this WindowedStream<T, TKey> source,
        [Deterministic] Func<IReadOnlyList<T>, WindowContext<TKey>, IEnumerable<TOut>> process)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(process);
        return source.Job.Then<TOut>(new ProcessWindowStage<T, TKey, TOut>(
            source.Keyed.Stage,
            source.Windows,
            () => new WindowProcessOfFunction<IReadOnlyList<T>, TKey, TOut>(process),
            process));
    }

    /// <summary>Makes any number of results of all records of each key and window, by a class that may keep state.</summary>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="process">Makes one for each subtask.</param>
    /// <returns>The results; their event time is the last microsecond of the window.</returns>
    public static Stream<TOut> Process<T, TKey, TOut>(
        this WindowedStream<T, TKey> source,
        Func<WindowProcess<IReadOnlyList<T>, TKey, TOut>> process)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(process);
        return source.Job.Then<TOut>(new ProcessWindowStage<T, TKey, TOut>(source.Keyed.Stage, source.Windows, process, process));
    }

    /// <summary>Aggregates each key and window, and makes any number of results of what comes of it: no record is kept.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
    /// <typeparam name="TValue">What the aggregate finishes with.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="aggregate">Creates, adds, merges and finishes accumulators.</param>
    /// <param name="process">Makes the results of what it finished with, with the key, the window, the watermark and the clock.</param>
    /// <returns>The results; their event time is the last microsecond of the window.</returns>
    public static Stream<TOut> Aggregate<T, TKey, TAcc, TValue, TOut>(
        this WindowedStream<T, TKey> source,
        IAggregate<T, TAcc, TValue> aggregate,
        [Deterministic] Func<TValue, WindowContext<TKey>, IEnumerable<TOut>> process)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(aggregate);
        ArgumentNullException.ThrowIfNull(process);
        return source.Job.Then<TOut>(new AggregateProcessStage<T, TKey, TAcc, TValue, TOut>(
            source.Keyed.Stage, source.Windows, aggregate, () => new WindowProcessOfFunction<TValue, TKey, TOut>(process), process));
    }

    /// <summary>Aggregates each key and window, and hands what comes of it to a class that may keep state: no record is kept.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
    /// <typeparam name="TValue">What the aggregate finishes with.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="aggregate">Creates, adds, merges and finishes accumulators.</param>
    /// <param name="process">Makes one for each subtask.</param>
    /// <returns>The results; their event time is the last microsecond of the window.</returns>
    public static Stream<TOut> Aggregate<T, TKey, TAcc, TValue, TOut>(
        this WindowedStream<T, TKey> source,
        IAggregate<T, TAcc, TValue> aggregate,
        Func<WindowProcess<TValue, TKey, TOut>> process)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(aggregate);
        ArgumentNullException.ThrowIfNull(process);
        return source.Job.Then<TOut>(new AggregateProcessStage<T, TKey, TAcc, TValue, TOut>(
            source.Keyed.Stage, source.Windows, aggregate, process, process));
    }
}
