using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes one record of all records of each key and window, two at a time.</summary>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="reduce">
    /// Makes one of what there is so far and a record behind it; associative. It may change and return what there is so far if nobody else
    /// holds it.
    /// </param>
    /// <returns>One record for each key and window that holds one, whenever the window fires.</returns>
    public static Stream<T> Reduce<T, TKey>(this WindowedStream<T, TKey> source, [Deterministic] Func<T, T, T> reduce) =>
        source.Reduce(reduce, static (_, _, value) => value, reduce);

    /// <summary>
    /// Makes one result of all records of each key and window: reduces them, and asks a function with the key and the window.
    /// </summary>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="reduce">Makes one of what there is so far and a record behind it; associative.</param>
    /// <param name="result">
    /// Makes the result of the key, the window and what the records were reduced to; the default value if an evictor has left none.
    /// </param>
    /// <returns>One result for each key and window that holds a record, whenever the window fires.</returns>
    public static Stream<TOut> Reduce<T, TKey, TOut>(
        this WindowedStream<T, TKey> source,
        [Deterministic] Func<T, T, T> reduce,
        [Deterministic] Func<TKey, TimeWindow, T, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return source.Reduce(reduce, result, result);
    }

    // A stage has one function of the user's, whose variables generated code may read.
    private static Stream<TOut> Reduce<T, TKey, TOut>(
        this WindowedStream<T, TKey> source, Func<T, T, T> reduce, Func<TKey, TimeWindow, T, TOut> result, Delegate? written)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(reduce);
        if (Codecs.Find<Reduced<T>>() is null)
        {
            Codecs.RegisterGenerated(new ReducedCodec<T>());
        }

        return source.Job.Then<TOut>(new AggregateStage<T, TKey, Reduced<T>, T, TOut>(
            source.Keyed.Stage, source.Windows, new ReduceAggregate<T>(reduce), result, nameof(Reduce))
        {
            Written = written,
        });
    }

    /// <summary>As <see cref="Reduce{T, TKey}(WindowedStream{T, TKey}, Func{T, T, T})"/>, together with what it replaces.</summary>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="reduce">Makes one of what there is so far and a record behind it; associative.</param>
    /// <returns>One change for each key and window that holds a record, whenever the window fires.</returns>
    public static Stream<Change<T>> Reduce<T, TKey>(this RetractingStream<T, TKey> source, [Deterministic] Func<T, T, T> reduce) =>
        Changed(source, reduce, static (_, _, value) => value, reduce);

    /// <summary>
    /// As <see cref="Reduce{T, TKey, TOut}(WindowedStream{T, TKey}, Func{T, T, T}, Func{TKey, TimeWindow, T, TOut})"/>, together with what
    /// it replaces.
    /// </summary>
    /// <typeparam name="T">The records: they need a codec.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results: they need a codec.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="reduce">Makes one of what there is so far and a record behind it; associative.</param>
    /// <param name="result">Makes the result of the key, the window and what the records were reduced to.</param>
    /// <returns>One change for each key and window that holds a record, whenever the window fires.</returns>
    public static Stream<Change<TOut>> Reduce<T, TKey, TOut>(
        this RetractingStream<T, TKey> source,
        [Deterministic] Func<T, T, T> reduce,
        [Deterministic] Func<TKey, TimeWindow, T, TOut> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Changed(source, reduce, result, result);
    }

    private static Stream<Change<TOut>> Changed<T, TKey, TOut>(
        RetractingStream<T, TKey> source, Func<T, T, T> reduce, Func<TKey, TimeWindow, T, TOut> result, Delegate? written)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Of<TOut>().Reduce(reduce, (key, window, value) => Change<TOut>.First(result(key, window, value)), written);
    }
}
