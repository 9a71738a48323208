using System.ComponentModel;

namespace Weir;

public static partial class StreamVerbs
{
    private const string NoJoin =
        "Streams are not joined by 'join'. Unite them by Union, key them by KeyBy, and bring them together in the windows of Aggregate.";

    private const string NoTable =
        "A stream is not joined with a list by 'join'. Look the record up in SelectMany, as by a further 'from … where'.";

    /// <summary>Refused.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TInner">The other records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="inner">The other stream.</param>
    /// <param name="outerKey">The key of a record.</param>
    /// <param name="innerKey">The key of another one.</param>
    /// <param name="result">Makes a result of two.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoJoin, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Stream<TOut> Join<T, TInner, TKey, TOut>(
        this Stream<T> source, Stream<TInner> inner, Func<T, TKey> outerKey, Func<TInner, TKey> innerKey, Func<T, TInner, TOut> result) =>
        throw new NotSupportedException(NoJoin);

    /// <summary>Refused.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TInner">The other records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="inner">A table.</param>
    /// <param name="outerKey">The key of a record.</param>
    /// <param name="innerKey">The key of a row.</param>
    /// <param name="result">Makes a result of two.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoTable, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Stream<TOut> Join<T, TInner, TKey, TOut>(
        this Stream<T> source, IEnumerable<TInner> inner, Func<T, TKey> outerKey, Func<TInner, TKey> innerKey,
        Func<T, TInner, TOut> result) =>
        throw new NotSupportedException(NoTable);
}
