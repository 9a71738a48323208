using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>One value for each key: a field of a <see cref="KeyedProcess{TKey, TIn, TOut}"/>, written <c>= new()</c>.</summary>
/// <remarks>
/// The name of the field, or of the property that it stands behind, is the name of the state in checkpoints. What it shows is the value of
/// the current key. Use it within a call of its class and on the thread of that call only; anything else is refused.
/// </remarks>
/// <typeparam name="T">The value: needs a codec. A mutable class is changed in place, and stored as it is at the next
/// checkpoint.</typeparam>
/// <example><code>private readonly ValueState&lt;int&gt; _failures = new();</code></example>
public sealed class ValueState<T>
{
    /// <summary>A state of each key.</summary>
    public ValueState()
    {
    }

    /// <summary>A state of what is said.</summary>
    /// <param name="scope">Whether it is of each key, or of each key and window.</param>
    public ValueState(StateScope scope) => Scope = scope;

    /// <summary>A state of each key whose values expire.</summary>
    /// <param name="ttl">How long they live.</param>
    public ValueState(StateTtl ttl)
    {
        ArgumentNullException.ThrowIfNull(ttl);
        Ttl = ttl;
    }

    private StateAccess<T>? _access;

    /// <summary>Gets a value indicating whether the current key has a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool HasValue => !Unsafe.IsNullRef(ref Access.Find());

    /// <summary>Gets what a key begins with: what <see cref="Value"/> is where there is none, and <see cref="Ref"/> begins with.</summary>
    /// <remarks>One for all keys: an object that changes would be shared by them. Written <c>= new() { Default = 1 }</c>.</remarks>
    public T? Default { get; init; }

    /// <summary>Gets or sets the value of the current key. Where there is none it is <see cref="Default"/>, and stays none.</summary>
    public T? Value
    {
        get
        {
            ref var value = ref Access.Find();
            return Unsafe.IsNullRef(ref value) ? Default : value;
        }
        set => Access.Claim() = value!;
    }

    /// <summary>
    /// Gets the value of the current key to be changed in place; where there is none, <see cref="Default"/> is its value from now on.
    /// </summary>
    /// <remarks>Not valid behind the next use of the same state. Reading and writing by it costs one look instead of two.</remarks>
    public ref T Ref => ref Access.Claim();

    /// <summary>Asks for the value of the current key.</summary>
    /// <param name="value">The value, or the default of the type.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        ref var found = ref Access.Find();
        var isFound = !Unsafe.IsNullRef(ref found);
        value = isFound ? found : default;
        return isFound;
    }

    /// <summary>Forgets the value of the current key.</summary>
    public void Clear() => Access.Remove();

    /// <summary>Gives it another name in checkpoints than that of its field.</summary>
    /// <param name="name">The name, as a literal: the baseline of state reads it, too. Unique within the class.</param>
    /// <returns>The state itself.</returns>
    public ValueState<T> Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        return this;
    }

    /// <summary>Gets what it holds a value for.</summary>
    internal StateScope Scope { get; }

    /// <summary>Gets how long what it holds lives; null for as long as its key.</summary>
    internal StateTtl? Ttl { get; }

    /// <summary>Gets the name that was given; null for that of the field.</summary>
    internal string? Name { get; private set; }

    internal StateAccess<T>? Wired
    {
        get => _access;
        set => _access = value;
    }

    private StateAccess<T> Access => _access ?? throw StateAccess<T>.Unwired($"ValueState<{typeof(T).Name}>");
}
