using System.ComponentModel;

namespace Weir;

public static partial class StreamVerbs
{
    private const string Keyed =
        "Behind KeyBy a stream is cut into groups: go on with Window, Aggregate, Reduce, Process or another verb by key. "
            + "Where, Select and To stand in front of KeyBy, or behind what makes results.";

    private const string Windowed =
        "Behind Window a stream is cut into windows: go on with Aggregate, Reduce, Process or TopN, which make results. "
            + "Where, Select and To stand in front of KeyBy, or behind what makes results.";

    /// <summary>Refused: a keyed stream is no result.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="sink">Where records would go.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(Keyed, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static StreamEnd To<T, TKey>(this KeyedStream<T, TKey> source, ISink<T> sink) => throw new NotSupportedException(Keyed);

    /// <summary>Refused: windows have no single records.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="predicate">Accepts a record.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(Windowed, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Stream<T> Where<T, TKey>(this WindowedStream<T, TKey> source, Func<T, bool> predicate) =>
        throw new NotSupportedException(Windowed);

    /// <summary>Refused: windows have no single records.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <typeparam name="TOut">The results.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="selector">Makes a result of a record.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(Windowed, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Stream<TOut> Select<T, TKey, TOut>(this WindowedStream<T, TKey> source, Func<T, TOut> selector) =>
        throw new NotSupportedException(Windowed);

    /// <summary>Refused: windows are no result.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="sink">Where records would go.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(Windowed, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static StreamEnd To<T, TKey>(this WindowedStream<T, TKey> source, ISink<T> sink) => throw new NotSupportedException(Windowed);
}
