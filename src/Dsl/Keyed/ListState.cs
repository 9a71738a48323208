using System.Collections;
using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>A list for each key: a field of a <see cref="KeyedProcess{TKey, TIn, TOut}"/>, written <c>= new()</c>.</summary>
/// <remarks>
/// It shows the list of the current key, in order, the same after a restore; a key without one has an empty list, and takes no memory.
/// Use it within a call of its class and on the thread of that call only; anything else is refused. A list that is changed while somebody
/// walks it says so, as any list does.
/// </remarks>
/// <typeparam name="T">The items: need a codec.</typeparam>
public sealed class ListState<T> : IReadOnlyList<T>
{
    /// <summary>A state of each key.</summary>
    public ListState()
    {
    }

    /// <summary>A state of what is said.</summary>
    /// <param name="scope">Whether it is of each key, or of each key and window.</param>
    public ListState(StateScope scope) => Scope = scope;

    private StateAccess<List<T>>? _access;

    /// <summary>Gets the number of items of the current key.</summary>
    public int Count => Found?.Count ?? 0;

    /// <summary>Gets or sets an item of the current key.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public T this[int index]
    {
        get => Existing(index)[index];
        set => Existing(index)[index] = value;
    }

    /// <summary>Adds an item behind the others.</summary>
    /// <param name="item">The item.</param>
    public void Add(T item) => Access.Claim().Add(item);

    /// <summary>Adds items behind the others, in their order.</summary>
    /// <param name="items">The items; not this list itself.</param>
    public void AddRange(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);

        // An empty list is no list: nothing is kept of its key.
        foreach (var item in items)
        {
            Access.Claim().Add(item);
        }
    }

    /// <summary>Puts items in the place of all there are.</summary>
    /// <param name="items">The items; may be made of this list.</param>
    public void Replace(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        List<T> made = [.. items];
        if (made.Count == 0)
        {
            Access.Remove();
        }
        else
        {
            Access.Claim() = made;
        }
    }

    /// <summary>Takes items out.</summary>
    /// <param name="index">The first.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentException">There are not so many.</exception>
    public void RemoveRange(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - index);
        if (Found is { } list)
        {
            list.RemoveRange(index, count);
            if (list.Count == 0)
            {
                Access.Remove();
            }
        }
    }

    /// <summary>Takes an item out.</summary>
    /// <param name="index">Which.</param>
    /// <exception cref="ArgumentException">There is no such item.</exception>
    public void RemoveAt(int index) => RemoveRange(index, 1);

    /// <summary>Forgets all items of the current key.</summary>
    public void Clear() => Access.Remove();

    /// <summary>Walks the items of the current key, in order.</summary>
    /// <returns>The enumerator.</returns>
    public List<T>.Enumerator GetEnumerator() => (Found ?? []).GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gets what it holds a value for.</summary>
    internal StateScope Scope { get; }

    internal StateAccess<List<T>>? Wired
    {
        get => _access;
        set => _access = value;
    }

    private StateAccess<List<T>> Access => _access ?? throw StateAccess<List<T>>.Unwired($"ListState<{typeof(T).Name}>");

    private List<T>? Found
    {
        get
        {
            ref var list = ref Access.Find();
            return Unsafe.IsNullRef(ref list) ? null : list;
        }
    }

    private List<T> Existing(int index) => Found is { } list && (uint)index < (uint)list.Count
        ? list
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, $"The list '{Access.Name}' of this key has {Count} items.");
}
