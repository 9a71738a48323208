namespace Weir;

/// <summary>
/// Treats the records of a keyed stream by what the records of another stream have said to all subtasks: rules, rates, models.
/// </summary>
/// <remarks>
/// <para>As <see cref="KeyedProcess{TKey, TIn, TOut}"/>. Beside the state of the key there is state that every subtask holds alike
/// (<see cref="BroadcastState{TKey, TValue}"/>). <see cref="OnBroadcast"/> writes it and has no key; <see cref="OnRecord"/> and
/// <see cref="OnTimer"/> read it.</para>
/// <para>All subtasks see the records of the second stream in one order. How they lie between the records of the keyed stream differs from
/// subtask to subtask and from run to run: where that must not matter, keep records until their rules have come.</para>
/// </remarks>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TIn">The records of the keyed stream.</typeparam>
/// <typeparam name="TRule">The records that go to every subtask.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <example><code>
/// public sealed class Limits : BroadcastProcess&lt;string, Payment, Limit, Alert&gt;
/// {
///     private readonly BroadcastState&lt;string, decimal&gt; _limits = new();
///
///     public override void OnBroadcast(Limit limit, BroadcastContext context) =>
///         context.Writing(_limits)[limit.Country] = limit.Amount;
///
///     public override void OnRecord(Payment payment, ProcessContext&lt;string, Alert&gt; context)
///     {
///         if (_limits.TryGetValue(payment.Country, out var most) &amp;&amp; payment.Amount > most) context.Emit(new Alert(context.Key));
///     }
/// }
/// </code></example>
[Deterministic]
public abstract class BroadcastProcess<TKey, TIn, TRule, TOut> : StatefulProcess
{
    /// <summary>A record of the keyed stream has come.</summary>
    /// <param name="record">The record.</param>
    /// <param name="context">The current key, times, timers and outputs; valid during the call.</param>
    public abstract void OnRecord(TIn record, ProcessContext<TKey, TOut> context);

    /// <summary>A record has come that every subtask gets. There is no key, and no state of one.</summary>
    /// <param name="rule">The record.</param>
    /// <param name="context">Its time, and what writes the state that all subtasks hold alike; valid during the call.</param>
    public abstract void OnBroadcast(TRule rule, BroadcastContext context);

    /// <summary>A timer that was registered for the current key has come due. It is registered no more.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="context">The current key, times, timers and outputs; valid during the call.</param>
    public virtual void OnTimer(KeyedTimer timer, ProcessContext<TKey, TOut> context)
    {
    }
}
