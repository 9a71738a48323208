namespace Weir;

/// <summary>
/// Treats the records of two keyed streams that have the same kind of key, with state and timers that both share: for enrichment, for
/// patterns over two streams, for joins of one's own.
/// </summary>
/// <remarks>
/// As <see cref="KeyedProcess{TKey, TIn, TOut}"/>. Records of the two streams come in no particular order between the streams; the
/// watermark is the least of both, an idle one left out (semantics R10).
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TLeft">The records of the first stream.</typeparam>
/// <typeparam name="TRight">The records of the second stream.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
[Deterministic]
public abstract class KeyedProcess<TKey, TLeft, TRight, TOut> : StatefulProcess
{
    /// <summary>A record of the first stream has come.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">The current key, times, timers and outputs; valid during the call.</param>
    public abstract void OnLeft(TLeft record, ProcessContext<TKey, TOut> context);

    /// <summary>A record of the second stream has come.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">The current key, times, timers and outputs; valid during the call.</param>
    public abstract void OnRight(TRight record, ProcessContext<TKey, TOut> context);

    /// <summary>A timer that was registered for the current key has come due. It is registered no more.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="context">The current key, times, timers and outputs; valid during the call.</param>
    public virtual void OnTimer(KeyedTimer timer, ProcessContext<TKey, TOut> context)
    {
    }
}
