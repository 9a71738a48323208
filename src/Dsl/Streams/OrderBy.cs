using System.ComponentModel;

namespace Weir;

public static partial class StreamVerbs
{
    private const string NoOrder =
        "A stream has no end, so that it cannot be sorted. Sort the records of a window, in the function of Aggregate.";

    /// <summary>Refused.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">What to sort by.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="key">What to sort by.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoOrder, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Stream<T> OrderBy<T, TKey>(this Stream<T> source, Func<T, TKey> key) => throw new NotSupportedException(NoOrder);

    /// <summary>Refused.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">What to sort by.</typeparam>
    /// <param name="source">The stream.</param>
    /// <param name="key">What to sort by.</param>
    /// <returns>Nothing.</returns>
    [Obsolete(NoOrder, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Stream<T> OrderByDescending<T, TKey>(this Stream<T> source, Func<T, TKey> key) =>
        throw new NotSupportedException(NoOrder);
}
