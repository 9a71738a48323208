using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Weir.Wire;

/// <summary>Refuses collections that would come back from state with another comparer, and tell their items apart in another way.</summary>
internal static class Comparers
{
    /// <summary>Throws unless a set compares its items as a new one of its type does.</summary>
    /// <param name="set">The set.</param>
    /// <param name="isSorted">Whether the type of the set says itself if it is sorted.</param>
    /// <exception cref="UnkeptComparerException">It does not.</exception>
    public static void CheckSet<T>(object set, bool isSorted)
    {
        switch (set)
        {
            case HashSet<T> hashed:
                Check(set, hashed.Comparer);
                break;
            case ImmutableHashSet<T> hashed:
                Check(set, hashed.KeyComparer);
                break;
            case FrozenSet<T> frozen:
                Check(set, frozen.Comparer);
                break;
            case SortedSet<T> sorted:
                CheckSorted(set, sorted.Comparer, isSorted);
                break;
            case ImmutableSortedSet<T> sorted:
                CheckSorted(set, sorted.KeyComparer, isSorted);
                break;
        }
    }

    /// <summary>Throws unless a dictionary compares its keys as a new one of its type does.</summary>
    /// <param name="map">The dictionary.</param>
    /// <param name="isSorted">Whether the type of the dictionary says itself if it is sorted.</param>
    /// <exception cref="UnkeptComparerException">It does not.</exception>
    public static void CheckMap<TKey, TValue>(object map, bool isSorted)
        where TKey : notnull
    {
        switch (map)
        {
            case Dictionary<TKey, TValue> hashed:
                Check(map, hashed.Comparer);
                break;
            case ImmutableDictionary<TKey, TValue> hashed:
                Check(map, hashed.KeyComparer);
                break;
            case FrozenDictionary<TKey, TValue> frozen:
                Check(map, frozen.Comparer);
                break;
            case ConcurrentDictionary<TKey, TValue> hashed:
                Check(map, hashed.Comparer);
                break;
            case SortedDictionary<TKey, TValue> sorted:
                CheckSorted(map, sorted.Comparer, isSorted);
                break;
            case SortedList<TKey, TValue> sorted:
                CheckSorted(map, sorted.Comparer, isSorted);
                break;
            case ImmutableSortedDictionary<TKey, TValue> sorted:
                CheckSorted(map, sorted.KeyComparer, isSorted);
                break;
        }
    }

    // Behind an interface it comes back as one that is not sorted.
    private static void CheckSorted<T>(object collection, IComparer<T> comparer, bool isSorted)
    {
        if (!isSorted)
        {
            throw new UnkeptOrderException(collection);
        }

        Check(collection, comparer);
    }

    // Ordinal is what texts are compared by without a comparer; but sorted ones are then in the order of the culture.
    private static void Check<T>(object collection, IEqualityComparer<T> comparer)
    {
        if (!comparer.Equals(EqualityComparer<T>.Default) && !ReferenceEquals(comparer, StringComparer.Ordinal))
        {
            throw new UnkeptComparerException(collection, comparer);
        }
    }

    private static void Check<T>(object collection, IComparer<T> comparer)
    {
        if (!comparer.Equals(Comparer<T>.Default))
        {
            throw new UnkeptComparerException(collection, comparer);
        }
    }
}

/// <summary>A collection with a comparer of its own enters state, which does not keep it.</summary>
/// <param name="collection">The collection.</param>
/// <param name="comparer">Its comparer.</param>
internal sealed class UnkeptComparerException(object collection, object comparer) : NotSupportedException(
    $"A {Name(collection.GetType())} with the comparer {Name(comparer.GetType())} enters state, which keeps its items and not its "
        + "comparer: after a restart it would tell them apart in another way. Use the default comparer, on keys that are brought to one "
        + "form before (ToUpperInvariant, for instance)."), IPermanentFailure
{
    /// <summary>The name of a type as people write it.</summary>
    public static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}

/// <summary>A sorted collection enters state behind an interface, and would come back as one that is not.</summary>
/// <param name="collection">The collection.</param>
internal sealed class UnkeptOrderException(object collection) : NotSupportedException(
    $"A {UnkeptComparerException.Name(collection.GetType())} enters state behind an interface, and would come back as a collection that is "
        + "not sorted. Give the member the type of the collection."), IPermanentFailure;
