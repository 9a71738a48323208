using System.Diagnostics;

namespace Weir;

/// <summary>What the runtime gives a state handle to stand on: the value of the current key.</summary>
/// <typeparam name="T">What the state holds of a key.</typeparam>
[DebuggerDisplay("{Name}")]
internal abstract class StateAccess<T>
{
    /// <summary>Gets the name of the state, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>The value of the current key, or a null reference if it has none. Valid until the next call.</summary>
    public abstract ref T Find();

    /// <summary>The value of the current key, made if it has none. Valid until the next call.</summary>
    public abstract ref T Claim();

    /// <summary>Forgets the value of the current key.</summary>
    /// <returns>Whether there was one.</returns>
    public abstract bool Remove();

    /// <summary>What tells that a handle was used before anybody wired it.</summary>
    /// <param name="handle">The handle.</param>
    public static InvalidOperationException Unwired(string handle) => new(
        $"A {handle} was used before it was wired. A state is a field of the class that uses it, written '= new()', and may be used from "
            + "the first call of the class on: not in its constructor, and not where no stream runs it.");
}
