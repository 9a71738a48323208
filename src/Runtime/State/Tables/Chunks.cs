using System.Buffers;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>Items one behind the other in arrays of the pool: to add one never moves those that are there.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="mostItems">The most items of one array; the first are shorter.</param>
internal sealed class Chunks<T>(int mostItems)
{
    private const int FirstItems = 64;

    private readonly List<T[]> _full = [];
    private T[] _last = [];
    private int _used;
    private int _room;

    /// <summary>Gets the number of items.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the number of arrays.</summary>
    public int Length => _full.Count;

    /// <summary>The items of an array.</summary>
    public Span<T> this[int index] => _full[index].AsSpan(0, index == _full.Count - 1 ? _used : RoomOf(index));

    /// <summary>Adds an item.</summary>
    public void Add(in T item) => Next() = item;

    /// <summary>Adds an item that is still to be written.</summary>
    public ref T Next()
    {
        if (_used == _room)
        {
            _room = RoomOf(_full.Count);
            _last = ArrayPool<T>.Shared.Rent(_room);
            _full.Add(_last);
            _used = 0;
        }

        Count++;
        return ref _last[_used++];
    }

    /// <summary>Gives the arrays back.</summary>
    public void Release()
    {
        foreach (var items in _full)
        {
            ArrayPool<T>.Shared.Return(items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }

        _full.Clear();
        (_last, _used, _room, Count) = ([], 0, 0, 0);
    }

    private int RoomOf(int index) => (int)Math.Min(mostItems, (long)FirstItems << Math.Min(index * 2, 40));
}
