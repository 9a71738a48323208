namespace Weir;

/// <summary>A trigger of your own. Members are functions of their arguments alone: what is to be remembered lies in the state.</summary>
/// <remarks>
/// <para>One instance serves all keys and windows. The state belongs to one key and window, is part of checkpoints, and is forgotten when
/// the window is. It needs a codec, which the generator writes.</para>
/// <para>The rules are those of Flink's Trigger (semantics R5, R6, B26): <see cref="TriggerResult.Fire"/> keeps what the window holds, and
/// the last call is the one at the time of the window's cleanup.</para>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TState">What it remembers of one key and window; <see cref="int"/> if it does not remember anything.</typeparam>
/// <example><code>sealed class OnBigOrder : Trigger&lt;Order, int&gt;
/// {
///     public override TriggerResult OnRecord(Order order, long time, ref int state, TriggerContext context) =>
///         order.Amount > 1000 ? TriggerResult.Fire : TriggerResult.Wait;
/// }</code></example>
[Deterministic]
public abstract class Trigger<T, TState> : Trigger<T>
{
    /// <summary>Gets the codec of the state.</summary>
    protected internal virtual Codec<TState> StateCodec => Codecs.Of<TState>();

    /// <summary>Gets a value indicating whether it remembers nothing, so that no state is kept.</summary>
    protected internal virtual bool IsStateless => false;

    /// <summary>The state of a window that has none yet.</summary>
    /// <returns>By default the default value.</returns>
    public virtual TState Create() => default!;

    /// <summary>A record was added to the window.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Its event time in microseconds since the Unix epoch; <see cref="long.MinValue"/> if it has none.</param>
    /// <param name="state">Changed in place.</param>
    /// <param name="context">The window, the watermark, the clock and the timers.</param>
    /// <returns>What is to happen.</returns>
    public abstract TriggerResult OnRecord(T record, long time, ref TState state, TriggerContext context);

    /// <summary>The watermark has reached a timer of the window, or the time of its cleanup.</summary>
    /// <param name="time">The timer's time, in microseconds since the Unix epoch.</param>
    /// <param name="state">Changed in place.</param>
    /// <param name="context">The window, the watermark, the clock and the timers.</param>
    /// <returns>What is to happen; by default nothing.</returns>
    public virtual TriggerResult OnEventTime(long time, ref TState state, TriggerContext context) => TriggerResult.Wait;

    /// <summary>The clock has reached a timer of the window, or the time of its cleanup.</summary>
    /// <param name="time">The timer's time, in microseconds since the Unix epoch.</param>
    /// <param name="state">Changed in place.</param>
    /// <param name="context">The window, the watermark, the clock and the timers.</param>
    /// <returns>What is to happen; by default nothing.</returns>
    public virtual TriggerResult OnProcessingTime(long time, ref TState state, TriggerContext context) => TriggerResult.Wait;

    /// <summary>
    /// Takes up the state of a window that has become part of another: called for each of them, the context showing the merged window.
    /// </summary>
    /// <remarks>Timers of the windows that are gone never call. <see cref="OnMerged"/> follows.</remarks>
    /// <param name="state">The state of the merged window; changed in place.</param>
    /// <param name="other">The state of a window that is gone.</param>
    /// <exception cref="NotSupportedException">It cannot merge.</exception>
    public virtual void Merge(ref TState state, in TState other) =>
        throw new NotSupportedException($"The trigger {GetType().Name} does not merge: override CanMerge and Merge.");

    /// <summary>Windows have become one, and their states, too: registers the timers that the merged window needs.</summary>
    /// <param name="state">The state of the merged window; changed in place.</param>
    /// <param name="context">The merged window, the watermark, the clock and the timers.</param>
    public virtual void OnMerged(ref TState state, TriggerContext context)
    {
    }

    /// <summary>The window is forgotten, or has become part of another: takes back timers. The state is forgotten afterwards.</summary>
    /// <param name="state">The state; changed in place.</param>
    /// <param name="context">The window, the watermark, the clock and the timers.</param>
    public virtual void Clear(ref TState state, TriggerContext context)
    {
    }

    /// <summary>
    /// Whether a state says no more than the one that a window begins with. It is asked when the window has been emptied: such a state is
    /// forgotten, so that a key of a window without end leaves nothing behind.
    /// </summary>
    /// <remarks>
    /// By default that of a number or a truth value is compared with the one that <see cref="Create"/> makes; any other is kept.
    /// </remarks>
    /// <param name="state">The state; not changed.</param>
    /// <returns>Whether it may be forgotten.</returns>
    protected internal virtual bool IsForgettable(in TState state) =>
        typeof(TState).IsPrimitive && EqualityComparer<TState>.Default.Equals(state, Create());

    /// <inheritdoc/>
    public sealed override Trigger<T> Purging() => this is PurgingTrigger<T, TState> ? this : new PurgingTrigger<T, TState>(this);

    /// <inheritdoc/>
    public sealed override TResult Accept<TResult>(ITriggerVisitor<T, TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(this);
    }
}
