using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Weir;

/// <summary>
/// A map for each key of the stream: a field of a <see cref="KeyedProcess{TKey, TIn, TOut}"/>, written <c>= new()</c>.
/// </summary>
/// <remarks>
/// It shows the map of the current key. Entries are walked in the order in which their keys came into the map; a key that was removed and
/// comes again is the last. That order is the same after a restore, so that a replay makes the same results. A key without a map has an
/// empty one, and takes no memory. Use it within a call of its class and on the thread of that call only; anything else is refused. A map
/// that is changed while somebody walks it says so.
/// </remarks>
/// <typeparam name="TKey">The keys of the map: need a codec and value equality; not null.</typeparam>
/// <typeparam name="TValue">The values: need a codec.</typeparam>
#pragma warning disable CA1710 // Named as the states beside it: it is no collection that anybody makes.
public sealed class MapState<TKey, TValue> : IReadOnlyCollection<KeyValuePair<TKey, TValue>>
#pragma warning restore CA1710
    where TKey : notnull
{
    /// <summary>A state of each key.</summary>
    public MapState()
    {
    }

    /// <summary>A state of what is said.</summary>
    /// <param name="scope">Whether it is of each key, or of each key and window.</param>
    public MapState(StateScope scope) => Scope = scope;

    /// <summary>A state of each key whose entries expire.</summary>
    /// <param name="ttl">How long they live.</param>
    public MapState(StateTtl ttl)
    {
        ArgumentNullException.ThrowIfNull(ttl);
        Ttl = ttl;
    }

    private MapAccess<TKey, TValue>? _access;

    /// <summary>Gets the number of entries of the current key.</summary>
    public int Count => Access.Count;

    /// <summary>Gets the keys, in order.</summary>
    public IEnumerable<TKey> Keys => this.Select(entry => entry.Key);

    /// <summary>Gets the values, in order of their keys.</summary>
    public IEnumerable<TValue> Values => this.Select(entry => entry.Value);

    /// <summary>Gets or sets the value of a key. Setting it keeps the place of a key that is there.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">It is asked for a key that is not there.</exception>
    public TValue this[TKey key]
    {
        get => TryGetValue(key, out var value)
            ? value
            : throw new KeyNotFoundException($"The map '{Access.Name}' of this key has no entry '{key}'. Ask by TryGetValue.");
        set
        {
            ArgumentNullException.ThrowIfNull(key);
            Access.Set(key, value);
        }
    }

    /// <summary>Asks for the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Access.TryGet(key, out value);
    }

    /// <summary>The value of a key, or a default.</summary>
    /// <param name="key">The key.</param>
    /// <param name="otherwise">What to answer if it is not there.</param>
    /// <returns>The value.</returns>
    public TValue GetValueOrDefault(TKey key, TValue otherwise = default!) => TryGetValue(key, out var value) ? value : otherwise;

    /// <summary>Whether a key is there.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it is there.</returns>
    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    /// <summary>Adds a key that is not there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether it was added; false if it is there already, with the value that it has.</returns>
    public bool TryAdd(TKey key, TValue value)
    {
        if (ContainsKey(key))
        {
            return false;
        }

        Access.Set(key, value);
        return true;
    }

    /// <summary>Takes a key out.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Access.Remove(key);
    }

    /// <summary>Forgets all entries of the current key.</summary>
    public void Clear() => Access.Clear();

    /// <summary>Walks the entries of the current key, in the order in which their keys came.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => Access.Walk();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gives it another name in checkpoints than that of its field.</summary>
    /// <param name="name">The name, as a literal: the baseline of state reads it, too. Unique within the class.</param>
    /// <returns>The state itself.</returns>
    public MapState<TKey, TValue> Named(string name)
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

    internal MapAccess<TKey, TValue>? Wired
    {
        get => _access;
        set => _access = value;
    }

    private MapAccess<TKey, TValue> Access => _access
        ?? throw StateAccess<TValue>.Unwired($"MapState<{typeof(TKey).Name}, {typeof(TValue).Name}>");
}
