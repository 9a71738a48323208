namespace Weir;

/// <summary>What the runtime gives a state to stand on that a subtask holds once, for all keys.</summary>
/// <typeparam name="T">What is held: a list, a map.</typeparam>
internal abstract class SubtaskAccess<T>
{
    /// <summary>Gets the name of the state, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Gets what is held, during a call of its class.</summary>
    public abstract T Value { get; }
}
