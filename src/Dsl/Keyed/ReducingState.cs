using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>
/// One value for each key that all that is added is folded into: a field of a <see cref="KeyedProcess{TKey, TIn, TOut}"/>.
/// </summary>
/// <remarks>
/// As <see cref="ValueState{T}"/>: it shows the value of the current key, within a call of its class and on the thread of that call only.
/// </remarks>
/// <typeparam name="T">The value: needs a codec.</typeparam>
/// <example><code>private readonly ReducingState&lt;long&gt; _greatest = new(Math.Max);</code></example>
public sealed class ReducingState<T>
{
    private readonly Func<T, T, T> _combine;
    private StateAccess<T>? _access;

    /// <summary>A state of each key.</summary>
    /// <param name="combine">Makes one value of two: of what there is, and of what is added.</param>
    public ReducingState([Deterministic] Func<T, T, T> combine)
        : this(combine, StateScope.Key)
    {
    }

    /// <summary>A state of each key that expires.</summary>
    /// <param name="combine">Makes one value of two: of what there is, and of what is added.</param>
    /// <param name="ttl">How long what it holds lives.</param>
    public ReducingState([Deterministic] Func<T, T, T> combine, StateTtl ttl)
        : this(combine, StateScope.Key)
    {
        ArgumentNullException.ThrowIfNull(ttl);
        Ttl = ttl;
    }

    /// <summary>A state of what is said.</summary>
    /// <param name="combine">Makes one value of two: of what there is, and of what is added.</param>
    /// <param name="scope">Whether it is of each key, or of each key and window.</param>
    public ReducingState([Deterministic] Func<T, T, T> combine, StateScope scope)
    {
        ArgumentNullException.ThrowIfNull(combine);
        (_combine, Scope) = (combine, scope);
    }

    /// <summary>Gets a value indicating whether anything has been added of the current key.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool HasValue => !Unsafe.IsNullRef(ref Access.Find());

    /// <summary>Gets what all of the current key was folded into; the default of the type where nothing was added.</summary>
    public T? Value => TryGet(out var value) ? value : default;

    /// <summary>Adds a value of the current key: the first is kept as it is.</summary>
    /// <param name="value">The value.</param>
    public void Add(T value)
    {
        ref var found = ref Access.Find();
        if (Unsafe.IsNullRef(ref found))
        {
            Access.Claim() = value;
            return;
        }

        // What the function makes is known before anything changes: it is the user's, and may throw.
        var combined = _combine(found, value);
        Access.Claim() = combined;
    }

    /// <summary>Asks for what all of the current key was folded into.</summary>
    /// <param name="value">The value, or the default of the type.</param>
    /// <returns>Whether anything has been added.</returns>
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
    public ReducingState<T> Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        return this;
    }

    /// <summary>Gets what it holds a value for.</summary>
    internal StateScope Scope { get; }

    /// <summary>Gets how long a value lives; null for as long as its key.</summary>
    internal StateTtl? Ttl { get; }

    /// <summary>Gets the name that was given; null for that of the field.</summary>
    internal string? Name { get; private set; }

    internal StateAccess<T>? Wired
    {
        get => _access;
        set => _access = value;
    }

    private StateAccess<T> Access => _access ?? throw StateAccess<T>.Unwired($"ReducingState<{typeof(T).Name}>");
}
