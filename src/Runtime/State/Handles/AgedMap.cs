using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Handles;

/// <summary>A map for each key whose entries expire one by one.</summary>
/// <param name="access">Where it is kept, each value with its time; none is empty.</param>
/// <param name="expiry">Says what has expired.</param>
/// <param name="comparer">Tells keys apart.</param>
internal sealed class AgedMap<TKey, TValue>(
    StateAccess<InsertionMap<TKey, Aged<TValue>>> access, Expiry expiry, IEqualityComparer<TKey> comparer) : MapAccess<TKey, TValue>
    where TKey : notnull
{
    // What had expired and was returned: it is there for the rest of the turn.
    private InsertionMap<TKey, TValue>? _last;
    private long _turn = -1;

    public override string Name => access.Name;

    public override int Count
    {
        get
        {
            if (Found() is not { } map)
            {
                return Last()?.Count ?? 0;
            }

            return expiry.IsReturned ? map.Count + (Last()?.Count ?? 0) : map.Count - Over(map).Count;
        }
    }

    public override bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (Found() is not { } map || !map.TryGetValue(key, out var found))
        {
            value = default;
            return Last()?.TryGetValue(key, out value) == true;
        }

        value = found.Value;
        if (!expiry.IsOver(found.Time))
        {
            if (expiry.IsUpdatedByReading)
            {
                access.Claim()[key] = new(expiry.Now, value);
            }

            return true;
        }

        Drop([new(key, found)]);
        return expiry.IsReturned;
    }

    public override void Set(TKey key, TValue value)
    {
        var map = access.Claim();
        if (map.TryGetValue(key, out var found) && expiry.IsOver(found.Time))
        {
            // It comes anew: as behind the others as if somebody had cleaned up before.
            map.Remove(key);
        }

        Last()?.Remove(key);
        map[key] = new(expiry.Now, value);
    }

    public override bool Remove(TKey key)
    {
        var wasReturned = Last()?.Remove(key) == true;
        if (Found() is not { } map || !map.TryGetValue(key, out var found))
        {
            return wasReturned;
        }

        Take([key]);
        return expiry.IsReturned || !expiry.IsOver(found.Time);
    }

    public override void Clear()
    {
        access.Remove();
        _turn = -1;
    }

    // A copy where entries that are walked go: the map itself says when somebody changes it.
    public override IEnumerator<KeyValuePair<TKey, TValue>> Walk()
    {
        List<KeyValuePair<TKey, TValue>> walked = Last() is { } last ? [.. Entries(last)] : [];
        if (Found() is { } map)
        {
            var over = Over(map);
            if (expiry.IsReturned)
            {
                walked.AddRange(Entries(map).Select(static entry => KeyValuePair.Create(entry.Key, entry.Value.Value)));
            }

            Drop(over);
            Update();
        }

        return expiry.IsReturned ? walked.GetEnumerator() : Living();
    }

    private IEnumerator<KeyValuePair<TKey, TValue>> Living()
    {
        if (Found() is { } map)
        {
            foreach (var (key, aged) in map)
            {
                yield return KeyValuePair.Create(key, aged.Value);
            }
        }
    }

    private void Update()
    {
        if (expiry.IsUpdatedByReading && Found() is not null)
        {
            var map = access.Claim();
            foreach (var (key, aged) in Entries(map).ToList())
            {
                map[key] = aged with { Time = expiry.Now };
            }
        }
    }

    private List<KeyValuePair<TKey, Aged<TValue>>> Over(InsertionMap<TKey, Aged<TValue>> map) =>
        [.. Entries(map).Where(entry => expiry.IsOver(entry.Value.Time))];

    private void Drop(List<KeyValuePair<TKey, Aged<TValue>>> over)
    {
        if (over.Count == 0)
        {
            return;
        }

        Take(over.Select(static entry => entry.Key));
        if (expiry.IsReturned)
        {
            var last = _turn == expiry.Turn ? _last! : new InsertionMap<TKey, TValue>(comparer);
            (_last, _turn) = (last, expiry.Turn);
            foreach (var (key, aged) in over)
            {
                last[key] = aged.Value;
            }
        }
    }

    private void Take(IEnumerable<TKey> keys)
    {
        var map = access.Claim();
        foreach (var key in keys)
        {
            map.Remove(key);
        }

        if (map.Count == 0)
        {
            access.Remove();
        }
    }

    private InsertionMap<TKey, TValue>? Last() => _turn == expiry.Turn ? _last : null;

    private InsertionMap<TKey, Aged<TValue>>? Found()
    {
        ref var map = ref access.Find();
        return Unsafe.IsNullRef(ref map) ? null : map;
    }

    private static IEnumerable<KeyValuePair<TKey, T>> Entries<T>(InsertionMap<TKey, T> map)
    {
        foreach (var entry in map)
        {
            yield return entry;
        }
    }
}
