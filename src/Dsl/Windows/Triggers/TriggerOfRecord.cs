namespace Weir;

/// <summary>Decides when a window fires. Write one by deriving from <see cref="Trigger{T, TState}"/>.</summary>
/// <typeparam name="T">The records.</typeparam>
[Deterministic]
public abstract class Trigger<T>
{
    /// <summary>Gets a value indicating whether it can be used with windows that merge, as sessions do.</summary>
    public virtual bool CanMerge => false;

    /// <summary>Gets a value indicating whether it counts on event times and watermarks.</summary>
    public virtual bool NeedsEventTime => false;

    /// <summary>The same trigger, which makes the window forget what it held whenever it fires.</summary>
    /// <returns>The trigger.</returns>
    public abstract Trigger<T> Purging();

    /// <summary>Calls with the type of the trigger's state.</summary>
    /// <typeparam name="TResult">What the call answers.</typeparam>
    /// <param name="visitor">The call.</param>
    /// <returns>Its answer.</returns>
    public abstract TResult Accept<TResult>(ITriggerVisitor<T, TResult> visitor);
}
