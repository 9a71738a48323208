using System.ComponentModel;

namespace Weir;

public static partial class StreamVerbs
{
    private const string NoGroups =
        "A stream has no end, so that its groups are never complete. Cut them into windows: "
            + "(from … group … by …).Window(…).Aggregate(g => …).";

    /// <summary>Refused: <c>group o by o.Customer into g select …</c>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="selector">Makes a result of a group.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoGroups, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Stream<TOut> Select<T, TKey, TOut>(this KeyedStream<T, TKey> source, Func<WindowGroup<TKey, T>, TOut> selector) =>
        throw new NotSupportedException(NoGroups);

    /// <summary>Refused: <c>group o by o.Customer into g where …</c>.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="predicate">Accepts a group.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoGroups, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static KeyedStream<T, TKey> Where<T, TKey>(this KeyedStream<T, TKey> source, Func<WindowGroup<TKey, T>, bool> predicate) =>
        throw new NotSupportedException(NoGroups);
}
