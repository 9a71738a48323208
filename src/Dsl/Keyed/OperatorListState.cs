using System.Collections;

namespace Weir;

/// <summary>
/// A list that a subtask keeps for itself, whatever the key: a field of a process, written <c>= new()</c>.
/// </summary>
/// <remarks>
/// <para>After a change of the parallelism its items are dealt out anew, by <see cref="Redistribution"/> (semantics H3): nothing may depend
/// on which subtask has an item.</para>
/// <para>Use it within a call of its class and on the thread of that call only. It is held in memory, and written in full at each
/// checkpoint.</para>
/// </remarks>
/// <typeparam name="T">The items: need a codec.</typeparam>
public sealed class OperatorListState<T> : IReadOnlyList<T>
{
    /// <summary>A list whose items are dealt out.</summary>
    public OperatorListState()
    {
    }

    /// <summary>A list whose items are dealt out as is said.</summary>
    /// <param name="redistribution">Who gets the items after a restore.</param>
    public OperatorListState(Redistribution redistribution) => Redistribution = redistribution;

    /// <summary>Gets who gets the items after a restore.</summary>
    public Redistribution Redistribution { get; }

    /// <summary>Gets the number of items of this subtask.</summary>
    public int Count => List.Count;

    /// <summary>Gets or sets an item of this subtask.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public T this[int index]
    {
        get => List[index];
        set => List[index] = value;
    }

    /// <summary>Adds an item behind the others.</summary>
    /// <param name="item">The item.</param>
    public void Add(T item) => List.Add(item);

    /// <summary>Puts items in the place of all there are.</summary>
    /// <param name="items">The items; may be made of this list.</param>
    public void Replace(IEnumerable<T> items)
    {
        T[] made = [.. items];
        List.Clear();
        List.AddRange(made);
    }

    /// <summary>Takes an item out.</summary>
    /// <param name="index">Which.</param>
    public void RemoveAt(int index) => List.RemoveAt(index);

    /// <summary>Forgets all items of this subtask.</summary>
    public void Clear() => List.Clear();

    /// <summary>Walks the items of this subtask, in order.</summary>
    /// <returns>The enumerator.</returns>
    public List<T>.Enumerator GetEnumerator() => List.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gives it another name in checkpoints than that of its field.</summary>
    /// <param name="name">The name, as a literal: the baseline of state reads it, too. Unique within the class.</param>
    /// <returns>The state itself.</returns>
    public OperatorListState<T> Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        return this;
    }

    /// <summary>Gets the name that was given; null for that of the field.</summary>
    internal string? Name { get; private set; }

    internal SubtaskAccess<List<T>>? Wired { get; set; }

    private List<T> List => Wired?.Value ?? throw StateAccess<T>.Unwired($"OperatorListState<{typeof(T).Name}>");
}

/// <summary>Who gets the items of an <see cref="OperatorListState{T}"/> after a restore.</summary>
public enum Redistribution
{
    /// <summary>
    /// Each item goes to one subtask: to the one that had it, or, with another parallelism, to any, so that loads differ by one at most.
    /// </summary>
    Split,

    /// <summary>Every subtask gets the items of all, in order of the subtasks that had them, and keeps those that it can use.</summary>
    Union,
}
