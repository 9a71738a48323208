namespace Weir;

/// <summary>
/// Treats the records of a keyed stream one by one, with state and timers for each key: for what no other verb says.
/// </summary>
/// <remarks>
/// <para>Derive from it, keep state in fields of type <see cref="ValueState{T}"/>, <see cref="ListState{T}"/> and
/// <see cref="MapState{TKey, TValue}"/>, and run it by <c>keyed.Process(() => new …)</c>. The states are wired by generated code under the
/// names of their fields; they are part of every checkpoint, and move with their keys when the parallelism changes.</para>
/// <para>One instance serves one subtask. Calls are made by one thread at a time: records in the order in which they come, event timers in
/// order of time before the watermark that they wait for is passed on, processing timers between batches. Late records come, too
/// (semantics D1). Fields that are no states are lost in a restart.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TIn">The records.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <example><code>
/// public sealed class FraudDetector(decimal limit) : KeyedProcess&lt;string, Payment, Alert&gt;
/// {
///     private readonly ValueState&lt;decimal&gt; _small = new();
///
///     public override void OnRecord(Payment payment, ProcessContext&lt;string, Alert&gt; context)
///     {
///         if (payment.Amount > limit &amp;&amp; _small.HasValue) context.Emit(new Alert(context.Key, payment.Amount));
///         _small.Value = payment.Amount;
///     }
/// }
/// </code></example>
[Deterministic]
public abstract class KeyedProcess<TKey, TIn, TOut> : StatefulProcess
{
    /// <summary>A record has come.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">The current key, times, timers and outputs; valid during the call.</param>
    public abstract void OnRecord(TIn record, ProcessContext<TKey, TOut> context);

    /// <summary>A timer that was registered for the current key has come due. It is registered no more.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="context">The current key, times, timers and outputs; valid during the call.</param>
    public virtual void OnTimer(KeyedTimer timer, ProcessContext<TKey, TOut> context)
    {
    }
}
