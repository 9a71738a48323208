using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>
/// An accumulator for each key that all that is added is folded into: a field of a <see cref="KeyedProcess{TKey, TIn, TOut}"/>.
/// </summary>
/// <remarks>
/// As <see cref="ValueState{T}"/>: it shows the value of the current key, within a call of its class and on the thread of that call only.
/// Checkpoints hold the accumulator.
/// </remarks>
/// <typeparam name="TIn">What is added.</typeparam>
/// <typeparam name="TAcc">The accumulator: needs a codec.</typeparam>
/// <typeparam name="TOut">What it finishes with.</typeparam>
/// <example><code>private readonly AggregatingState&lt;int, (long Sum, int Count), double&gt; _mean = new(new Mean());</code></example>
public sealed class AggregatingState<TIn, TAcc, TOut>
{
    private StateAccess<TAcc>? _access;

    /// <summary>A state of each key.</summary>
    /// <param name="aggregate">How it begins, what adding does, and what it finishes with.</param>
    public AggregatingState(IAggregate<TIn, TAcc, TOut> aggregate)
        : this(aggregate, StateScope.Key)
    {
    }

    /// <summary>A state of each key that expires.</summary>
    /// <param name="aggregate">How it begins, what adding does, and what it finishes with.</param>
    /// <param name="ttl">How long what it holds lives.</param>
    public AggregatingState(IAggregate<TIn, TAcc, TOut> aggregate, StateTtl ttl)
        : this(aggregate, StateScope.Key)
    {
        ArgumentNullException.ThrowIfNull(ttl);
        Ttl = ttl;
    }

    /// <summary>A state of what is said.</summary>
    /// <param name="aggregate">How it begins, what adding does, and what it finishes with.</param>
    /// <param name="scope">Whether it is of each key, or of each key and window.</param>
    public AggregatingState(IAggregate<TIn, TAcc, TOut> aggregate, StateScope scope)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        (Aggregate, Scope) = (aggregate, scope);
    }

    /// <summary>Gets a value indicating whether anything has been added of the current key.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool HasValue => !Unsafe.IsNullRef(ref Access.Find());

    /// <summary>Gets what the aggregate makes of all of the current key; the default of the type where nothing was added.</summary>
    public TOut? Value => TryGet(out var value) ? value : default;

    /// <summary>Adds a value of the current key.</summary>
    /// <param name="value">The value.</param>
    public void Add(in TIn value) => Aggregate.Add(ref Access.Claim(), value);

    /// <summary>Asks for what the aggregate makes of all of the current key.</summary>
    /// <param name="value">The result, or the default of the type.</param>
    /// <returns>Whether anything has been added.</returns>
    public bool TryGet([MaybeNullWhen(false)] out TOut value)
    {
        ref var found = ref Access.Find();
        var isFound = !Unsafe.IsNullRef(ref found);
        value = isFound ? Aggregate.Result(found) : default;
        return isFound;
    }

    /// <summary>Forgets the accumulator of the current key.</summary>
    public void Clear() => Access.Remove();

    /// <summary>Gives it another name in checkpoints than that of its field.</summary>
    /// <param name="name">The name, as a literal: the baseline of state reads it, too. Unique within the class.</param>
    /// <returns>The state itself.</returns>
    public AggregatingState<TIn, TAcc, TOut> Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        return this;
    }

    /// <summary>Gets how accumulators begin, and what is done with them.</summary>
    internal IAggregate<TIn, TAcc, TOut> Aggregate { get; }

    /// <summary>Gets what it holds an accumulator for.</summary>
    internal StateScope Scope { get; }

    /// <summary>Gets how long an accumulator lives; null for as long as its key.</summary>
    internal StateTtl? Ttl { get; }

    /// <summary>Gets the name that was given; null for that of the field.</summary>
    internal string? Name { get; private set; }

    internal StateAccess<TAcc>? Wired
    {
        get => _access;
        set => _access = value;
    }

    private StateAccess<TAcc> Access => _access
        ?? throw StateAccess<TAcc>.Unwired($"AggregatingState<{typeof(TIn).Name}, {typeof(TAcc).Name}, {typeof(TOut).Name}>");
}
