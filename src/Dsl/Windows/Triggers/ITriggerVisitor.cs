namespace Weir;

/// <summary>Gets at the state of a trigger without reflection.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TResult">What a visit answers.</typeparam>
public interface ITriggerVisitor<T, out TResult>
{
    /// <summary>A trigger.</summary>
    TResult Visit<TState>(Trigger<T, TState> trigger);
}
