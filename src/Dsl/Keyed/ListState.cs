using System.Collections;

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

    /// <summary>A state of each key whose items expire.</summary>
    /// <param name="ttl">How long they live.</param>
    public ListState(StateTtl ttl)
    {
        ArgumentNullException.ThrowIfNull(ttl);
        Ttl = ttl;
    }

    private ListAccess<T>? _access;

    /// <summary>Gets the number of items of the current key.</summary>
    public int Count => Access.Count;

    /// <summary>Gets or sets an item of the current key.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such item.</exception>
    public T this[int index]
    {
        get
        {
            Check(index);
            return Access.Get(index);
        }

        set
        {
            Check(index);
            Access.Set(index, value);
        }
    }

    /// <summary>Adds an item behind the others.</summary>
    /// <param name="item">The item.</param>
    public void Add(T item) => Access.Add(item);

    /// <summary>Adds items behind the others, in their order.</summary>
    /// <param name="items">The items; not this list itself.</param>
    public void AddRange(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);

        // An empty list is no list: nothing is kept of its key.
        foreach (var item in items)
        {
            Access.Add(item);
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
            Access.Clear();
        }
        else
        {
            Access.Replace(made);
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
        if (count > 0)
        {
            Access.RemoveRange(index, count);
        }
    }

    /// <summary>Takes an item out.</summary>
    /// <param name="index">Which.</param>
    /// <exception cref="ArgumentException">There is no such item.</exception>
    public void RemoveAt(int index) => RemoveRange(index, 1);

    /// <summary>Forgets all items of the current key.</summary>
    public void Clear() => Access.Clear();

    /// <summary>Walks the items of the current key, in order.</summary>
    /// <returns>The enumerator.</returns>
    public List<T>.Enumerator GetEnumerator() => (Access.Items ?? []).GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gives it another name in checkpoints than that of its field.</summary>
    /// <param name="name">The name, as a literal: the baseline of state reads it, too. Unique within the class.</param>
    /// <returns>The state itself.</returns>
    public ListState<T> Named(string name)
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

    internal ListAccess<T>? Wired
    {
        get => _access;
        set => _access = value;
    }

    private ListAccess<T> Access => _access ?? throw StateAccess<T>.Unwired($"ListState<{typeof(T).Name}>");

    private void Check(int index)
    {
        if ((uint)index >= (uint)Access.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), index, $"The list '{Access.Name}' of this key has {Count} items.");
        }
    }
}
