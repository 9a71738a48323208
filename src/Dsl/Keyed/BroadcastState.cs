using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Weir;

/// <summary>
/// A map that every subtask holds alike, for all keys: a field of a <see cref="BroadcastProcess{TKey, TIn, TRule, TOut}"/>, written
/// <c>= new()</c>.
/// </summary>
/// <remarks>
/// <para>It is read here, and written by <see cref="BroadcastContext.Writing{TKey, TValue}"/>, which only <c>OnBroadcast</c> is given: so
/// each subtask writes what all others write, in the same order.</para>
/// <para>Entries are walked in the order in which their keys came. A checkpoint holds a copy of each subtask; after a change of the
/// parallelism each new subtask gets one of them (semantics H3).</para>
/// </remarks>
/// <typeparam name="TKey">The keys of the map: need a codec and value equality; not null.</typeparam>
/// <typeparam name="TValue">The values: need a codec. Do not change one that was read.</typeparam>
#pragma warning disable CA1710 // Named as the states beside it: it is no collection that anybody makes.
public sealed class BroadcastState<TKey, TValue> : IReadOnlyCollection<KeyValuePair<TKey, TValue>>
#pragma warning restore CA1710
    where TKey : notnull
{
    /// <summary>Gets the number of entries.</summary>
    public int Count => Map.Count;

    /// <summary>Gets the keys, in order.</summary>
    public IEnumerable<TKey> Keys => this.Select(entry => entry.Key);

    /// <summary>Gets the values, in order of their keys.</summary>
    public IEnumerable<TValue> Values => this.Select(entry => entry.Value);

    /// <summary>Gets the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">It is not there.</exception>
    public TValue this[TKey key] => TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException($"The broadcast state '{Wired?.Name}' has no entry '{key}'. Ask by TryGetValue.");

    /// <summary>Asks for the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Map.TryGetValue(key, out value);
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

    /// <summary>Walks the entries, in the order in which their keys came.</summary>
    /// <returns>The enumerator.</returns>
    public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator() => Map.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gives it another name in checkpoints than that of its field.</summary>
    /// <param name="name">The name, as a literal: the baseline of state reads it, too. Unique within the class.</param>
    /// <returns>The state itself.</returns>
    public BroadcastState<TKey, TValue> Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        return this;
    }

    /// <summary>Gets the name that was given; null for that of the field.</summary>
    internal string? Name { get; private set; }

    internal SubtaskAccess<InsertionMap<TKey, TValue>>? Wired { get; set; }

    /// <summary>Gets the map; to be changed by the broadcast side only.</summary>
    internal InsertionMap<TKey, TValue> Map => Wired?.Value
        ?? throw StateAccess<TValue>.Unwired($"BroadcastState<{typeof(TKey).Name}, {typeof(TValue).Name}>");
}

/// <summary>Writes a <see cref="BroadcastState{TKey, TValue}"/>. Lives on the stack, so that nobody keeps it for later.</summary>
/// <typeparam name="TKey">The keys of the map.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
public readonly ref struct BroadcastWriter<TKey, TValue>
    where TKey : notnull
{
    private readonly InsertionMap<TKey, TValue> _map;

    internal BroadcastWriter(InsertionMap<TKey, TValue> map) => _map = map;

    /// <summary>Sets the value of a key. One that is there keeps its place.</summary>
    /// <param name="key">The key.</param>
    public TValue this[TKey key]
    {
        set
        {
            ArgumentNullException.ThrowIfNull(key);
            _map[key] = value;
        }
    }

    /// <summary>Takes a key out.</summary>
    /// <param name="key">The key.</param>
    /// <returns>Whether it was there.</returns>
    public bool Remove(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _map.Remove(key);
    }

    /// <summary>Forgets all entries.</summary>
    public void Clear() => _map.Clear();
}
