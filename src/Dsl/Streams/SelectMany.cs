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
}
