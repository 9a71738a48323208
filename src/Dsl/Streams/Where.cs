using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Keeps the records that <paramref name="predicate"/> accepts.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="source">The stream to filter.</param>
    /// <param name="predicate">Runs again for the same record after a recovery, and must then answer the same.</param>
    /// <returns>The accepted records, in order.</returns>
    /// <example><code>flights.Where(f => f.Distance > 100)</code></example>
    public static Stream<T> Where<T>(this Stream<T> source, [Deterministic] Func<T, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(predicate);
        return source.Then<T>(new WhereStage<T>(source.Output, predicate));
    }
}
