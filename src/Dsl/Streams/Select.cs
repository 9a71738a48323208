using Weir.Graph;

namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Makes one record of another; the event time stays.</summary>
    /// <typeparam name="T">The records that come in.</typeparam>
    /// <typeparam name="TOut">The records that go out.</typeparam>
    /// <param name="source">The stream to map.</param>
    /// <param name="selector">Runs again for the same record after a recovery, and must then answer the same.</param>
    /// <returns>One record for each, in order.</returns>
    public static Stream<TOut> Select<T, TOut>(this Stream<T> source, [Deterministic] Func<T, TOut> selector)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(selector);
        return source.Then<TOut>(new SelectStage<T, TOut>(source.Output, selector));
    }
}
