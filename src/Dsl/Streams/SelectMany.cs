using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes any number of records of one; each keeps the event time of the record it came from.</summary>
    /// <typeparam name="T">The records that come in.</typeparam>
    /// <typeparam name="TOut">The records that go out.</typeparam>
    /// <param name="source">The stream to unfold.</param>
    /// <param name="selector">Runs again for the same record after a recovery, and must then answer the same, in the same order.</param>
    /// <returns>The records of each answer, in order.</returns>
    public static Stream<TOut> SelectMany<T, TOut>(this Stream<T> source, [Deterministic] Func<T, IEnumerable<TOut>> selector)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(selector);
        return source.Then<TOut>(new SelectManyStage<T, TOut>(source.Output, selector));
    }

    /// <summary>
    /// Makes any number of records of one, each from it and an item of it, as a query with two <c>from</c> does.
    /// </summary>
    /// <typeparam name="T">The records that come in.</typeparam>
    /// <typeparam name="TItem">The items.</typeparam>
    /// <typeparam name="TOut">The records that go out.</typeparam>
    /// <param name="source">The stream to unfold.</param>
    /// <param name="collectionSelector">The items of a record. Runs again after a recovery, and must then answer the same.</param>
    /// <param name="resultSelector">Makes a record of each item. Runs again after a recovery, and must then answer the same.</param>
    /// <returns>The records of each answer, in order.</returns>
    public static Stream<TOut> SelectMany<T, TItem, TOut>(
        this Stream<T> source,
        [Deterministic] Func<T, IEnumerable<TItem>> collectionSelector,
        [Deterministic] Func<T, TItem, TOut> resultSelector)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(collectionSelector);
        ArgumentNullException.ThrowIfNull(resultSelector);
        return source.Then<TOut>(new SelectManyStage<T, TOut>(
            source.Output, record => collectionSelector(record).Select(item => resultSelector(record, item))));
    }
}
