using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>What the runtime gives a list state to stand on: the list of the current key.</summary>
/// <typeparam name="T">The items.</typeparam>
internal abstract class ListAccess<T>
{
    /// <summary>Gets the name of the state, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the number of items.</summary>
    public abstract int Count { get; }

    /// <summary>Gets all items, to be walked and not to be changed; null if there are none.</summary>
    public abstract List<T>? Items { get; }

    /// <summary>An item that is there.</summary>
    public abstract T Get(int index);

    /// <summary>Puts an item in the place of one that is there.</summary>
    public abstract void Set(int index, T item);

    /// <summary>Adds an item behind the others.</summary>
    public abstract void Add(T item);

    /// <summary>Puts items, at least one, in the place of all there are.</summary>
    public abstract void Replace(List<T> items);

    /// <summary>Takes out items that are there.</summary>
    public abstract void RemoveRange(int index, int count);

    /// <summary>Forgets all items.</summary>
    public abstract void Clear();
}

/// <summary>A list whose items live as long as their key.</summary>
/// <param name="access">The list of the current key; none is empty.</param>
internal sealed class LastingList<T>(StateAccess<List<T>> access) : ListAccess<T>
{
    public override string Name => access.Name;

    public override int Count => Items?.Count ?? 0;

    public override List<T>? Items
    {
        get
        {
            ref var list = ref access.Find();
            return Unsafe.IsNullRef(ref list) ? null : list;
        }
    }

    public override T Get(int index) => access.Find()[index];

    public override void Set(int index, T item) => access.Claim()[index] = item;

    public override void Add(T item) => access.Claim().Add(item);

    public override void Replace(List<T> items) => access.Claim() = items;

    public override void RemoveRange(int index, int count)
    {
        var list = access.Claim();
        list.RemoveRange(index, count);
        if (list.Count == 0)
        {
            access.Remove();
        }
    }

    public override void Clear() => access.Remove();
}
