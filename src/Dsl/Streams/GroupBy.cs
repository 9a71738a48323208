using System.ComponentModel;

namespace Weir;

public static partial class StreamVerbs
{
    private const string NoElement =
        "Whole records are grouped: write 'group o by …', behind a 'select' that holds the key if 'let' made it. Take the part that you "
            + "need in the function of Aggregate.";

    /// <summary>Is <see cref="KeyBy{T, TKey}"/> by the name that queries know: <c>from o in orders group o by o.Customer</c>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key: needs a codec and value equality. Null keys are refused when they occur.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="key">Runs again for the same record after a recovery, and must then answer the same.</param>
    /// <returns>The keyed stream.</returns>
    public static KeyedStream<T, TKey> GroupBy<T, TKey>(this Stream<T> source, [Deterministic] Func<T, TKey> key) => source.KeyBy(key);

    /// <summary>Refused: <c>group o.Amount by o.Customer</c>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TElement">A part of a record.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="key">The key.</param>
    /// <param name="element">Takes a part of a record.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoElement, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static KeyedStream<TElement, TKey> GroupBy<T, TKey, TElement>(
        this Stream<T> source, Func<T, TKey> key, Func<T, TElement> element) => throw new NotSupportedException(NoElement);
}
