using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>What the runtime gives a map state to stand on: the map of the current key.</summary>
/// <typeparam name="TKey">The keys of the map.</typeparam>
/// <typeparam name="TValue">The values.</typeparam>
internal abstract class MapAccess<TKey, TValue>
    where TKey : notnull
{
    /// <summary>Gets the name of the state, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the number of entries.</summary>
    public abstract int Count { get; }

    /// <summary>Asks for the value of a key.</summary>
    public abstract bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value);

    /// <summary>Sets the value of a key; one that is there keeps its place.</summary>
    public abstract void Set(TKey key, TValue value);

    /// <summary>Takes a key out; returns whether it was there.</summary>
    public abstract bool Remove(TKey key);

    /// <summary>Forgets all entries.</summary>
    public abstract void Clear();

    /// <summary>Walks the entries in order.</summary>
    public abstract IEnumerator<KeyValuePair<TKey, TValue>> Walk();
}

/// <summary>A map whose entries live as long as the key that the map is of.</summary>
/// <param name="access">The map of the current key; none is empty.</param>
internal sealed class LastingMap<TKey, TValue>(StateAccess<InsertionMap<TKey, TValue>> access) : MapAccess<TKey, TValue>
    where TKey : notnull
{
    public override string Name => access.Name;

    public override int Count => Found?.Count ?? 0;

    private InsertionMap<TKey, TValue>? Found
    {
        get
        {
            ref var map = ref access.Find();
            return Unsafe.IsNullRef(ref map) ? null : map;
        }
    }

    public override bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (Found is { } map)
        {
            return map.TryGetValue(key, out value);
        }

        value = default;
        return false;
    }

    public override void Set(TKey key, TValue value) => access.Claim()[key] = value;

    public override bool Remove(TKey key)
    {
        if (Found is not { } found || !found.TryGetValue(key, out _))
        {
            return false;
        }

        var map = access.Claim();
        map.Remove(key);
        if (map.Count == 0)
        {
            access.Remove();
        }

        return true;
    }

    public override void Clear() => access.Remove();

    public override IEnumerator<KeyValuePair<TKey, TValue>> Walk() =>
        Found?.GetEnumerator() ?? Enumerable.Empty<KeyValuePair<TKey, TValue>>().GetEnumerator();
}
