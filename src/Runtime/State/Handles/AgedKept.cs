using Weir.Runtime.State.Tables;

namespace Weir.Runtime.State.Handles;

/// <summary>What is left at a time of what expires: nothing is changed, what remains of a list or map is another.</summary>
internal static class AgedKept
{
    /// <summary>Of a value.</summary>
    public static EntryKept<Aged<T>> Value<T>(Expiry expiry, long now) => (ref Aged<T> value) => !expiry.IsOver(value.Time, now);

    /// <summary>Of a list.</summary>
    public static EntryKept<List<Aged<T>>> List<T>(Expiry expiry, long now) => (ref List<Aged<T>> list) =>
    {
        if (list.Exists(item => expiry.IsOver(item.Time, now)))
        {
            list = list.FindAll(item => !expiry.IsOver(item.Time, now));
        }

        return list.Count > 0;
    };

    /// <summary>Of a map.</summary>
    public static EntryKept<InsertionMap<TKey, Aged<TValue>>> Map<TKey, TValue>(
        Expiry expiry, long now, IEqualityComparer<TKey> comparer)
        where TKey : notnull => (ref InsertionMap<TKey, Aged<TValue>> map) =>
    {
        var left = new InsertionMap<TKey, Aged<TValue>>(comparer);
        foreach (var (key, aged) in map)
        {
            if (!expiry.IsOver(aged.Time, now))
            {
                left[key] = aged;
            }
        }

        map = left.Count == map.Count ? map : left;
        return map.Count > 0;
    };
}
