using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

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

    private StateAccess<InsertionMap<TKey, TValue>>? _access;

    /// <summary>Gets the number of entries of the current key.</summary>
    public int Count => Found?.Count ?? 0;

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
            Access.Claim()[key] = value;
        }
    }

    /// <summary>Asks for the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Found is { } map)
        {
            return map.TryGetValue(key, out value);
        }

        value = default;
        return false;
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

        Access.Claim()[key] = value;
        return true;
    }

    /// <summary>Takes a key out.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Found is not { } map || !map.Remove(key))
        {
            return false;
        }

        if (map.Count == 0)
        {
            Access.Remove();
        }

        return true;
    }

    /// <summary>Forgets all entries of the current key.</summary>
    public void Clear() => Access.Remove();

    /// <summary>Walks the entries of the current key, in the order in which their keys came.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() =>
        Found?.GetEnumerator() ?? Enumerable.Empty<KeyValuePair<TKey, TValue>>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gets what it holds a value for.</summary>
    internal StateScope Scope { get; }

    internal StateAccess<InsertionMap<TKey, TValue>>? Wired
    {
        get => _access;
        set => _access = value;
    }

    private StateAccess<InsertionMap<TKey, TValue>> Access => _access
        ?? throw StateAccess<InsertionMap<TKey, TValue>>.Unwired($"MapState<{typeof(TKey).Name}, {typeof(TValue).Name}>");

    private InsertionMap<TKey, TValue>? Found
    {
        get
        {
            ref var map = ref Access.Find();
            return Unsafe.IsNullRef(ref map) ? null : map;
        }
    }
}
