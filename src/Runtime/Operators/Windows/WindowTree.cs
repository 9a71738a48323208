using System.Runtime.CompilerServices;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// Windows that neither overlap nor touch, each with a value, in order of time: to find, add and remove one costs the logarithm of their
/// number.
/// </summary>
/// <remarks>
/// A treap (Seidel and Aragon 1996): searched by time, and a heap by random priorities, which keep it even. Its nodes lie in pages, so that
/// it grows by a page and no record waits while a million windows are copied.
/// </remarks>
/// <typeparam name="TValue">What is kept of a window.</typeparam>
internal sealed class WindowTree<TValue>
{
    private const int MinNodes = 4;
    private const int PageBits = 9;
    private const int PageNodes = 1 << PageBits;

    // Up to here memory goes back as soon as it is an eighth full; beyond, when next to nothing is left to move.
    private const int AtOnce = 8 * PageNodes;

    // Number 0 is no node. The first page begins small.
    private Node[][] _pages = [new Node[MinNodes]];
    private int _root;
    private int _used = 1;
    private int _free;
    private uint _random = 0x9E3779B9;

    /// <summary>Gets the number of windows.</summary>
    public int Count { get; private set; }

    /// <summary>The earliest window that overlaps another or touches it.</summary>
    /// <param name="window">The other; it may be empty.</param>
    /// <param name="found">The window.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryFind(TimeWindow window, out TimeWindow found)
    {
        // They do not overlap: what ends first starts first.
        var first = 0;
        for (var i = _root; i != 0;)
        {
            ref var node = ref At(i);
            var isBefore = node.Window.EndTime < window.StartTime;
            first = isBefore ? first : i;
            i = isBefore ? node.Right : node.Left;
        }

        found = At(first).Window;
        return first != 0 && found.StartTime <= window.EndTime;
    }

    /// <summary>The value of a window that is there. The reference is good until a window is added or removed.</summary>
    /// <param name="start">The window's start.</param>
    /// <returns>The value; a null reference if no window starts there.</returns>
    public ref TValue ValueAt(long start)
    {
        var i = LinkTo(start);
        if (i == 0)
        {
            return ref Unsafe.NullRef<TValue>();
        }

        return ref At(i).Value;
    }

    /// <summary>Adds a window.</summary>
    /// <param name="window">Neither overlaps nor touches any that is there.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value's place, good until a window is added or removed.</returns>
    public ref TValue Add(TimeWindow window, TValue value)
    {
        var node = Claim();
        At(node) = new Node { Window = window, Value = value, Priority = NextPriority() };
        _root = Insert(_root, node);
        Count++;
        return ref At(node).Value;
    }

    /// <summary>Removes a window.</summary>
    /// <param name="start">The window's start.</param>
    /// <param name="value">What its value was.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(long start, out TValue value)
    {
        ref var link = ref LinkTo(start);
        var i = link;
        value = At(i).Value;
        if (i == 0)
        {
            return false;
        }

        link = Join(At(i).Left, At(i).Right);
        At(i) = new Node { Left = _free };
        _free = i;
        Count--;
        if (_used > 16 * MinNodes && Count < _used / (_used <= AtOnce ? 8 : 64))
        {
            Compact();
        }

        return true;
    }

    /// <summary>All windows, the earliest first.</summary>
    public IEnumerable<(TimeWindow Window, TValue Value)> InOrder()
    {
        var above = new Stack<int>();
        for (var i = _root; i != 0 || above.Count > 0; i = At(i).Right)
        {
            for (; i != 0; i = At(i).Left)
            {
                above.Push(i);
            }

            i = above.Pop();
            yield return (At(i).Window, At(i).Value);
        }
    }

    // Where the number of the window that starts there stands; where 0 stands, if there is none.
    private ref int LinkTo(long start)
    {
        ref var link = ref _root;
        while (link != 0)
        {
            ref var node = ref At(link);
            if (node.Window.StartTime == start)
            {
                break;
            }

            link = ref start < node.Window.StartTime ? ref node.Left : ref node.Right;
        }

        return ref link;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Node At(int node) => ref _pages[node >> PageBits][node & (PageNodes - 1)];

    private int Insert(int tree, int node)
    {
        if (tree == 0)
        {
            return node;
        }

        ref var top = ref At(tree);
        ref var added = ref At(node);
        if (added.Priority > top.Priority)
        {
            (added.Left, added.Right) = Split(tree, added.Window.StartTime);
            return node;
        }

        ref var side = ref added.Window.StartTime < top.Window.StartTime ? ref top.Left : ref top.Right;
        side = Insert(side, node);
        return tree;
    }

    private (int Before, int Behind) Split(int tree, long start)
    {
        if (tree == 0)
        {
            return (0, 0);
        }

        ref var top = ref At(tree);
        if (top.Window.StartTime < start)
        {
            (top.Right, var behind) = Split(top.Right, start);
            return (tree, behind);
        }

        (var before, top.Left) = Split(top.Left, start);
        return (before, tree);
    }

    private int Join(int before, int behind)
    {
        if (before == 0 || behind == 0)
        {
            return before + behind;
        }

        if (At(before).Priority > At(behind).Priority)
        {
            At(before).Right = Join(At(before).Right, behind);
            return before;
        }

        At(behind).Left = Join(before, At(behind).Left);
        return behind;
    }

    private int Claim()
    {
        if (_free != 0)
        {
            var node = _free;
            _free = At(node).Left;
            return node;
        }

        var page = _used >> PageBits;
        if (page == 0 && _used == _pages[0].Length)
        {
            Array.Resize(ref _pages[0], 2 * _used);
        }
        else if (page > 0 && (_used & (PageNodes - 1)) == 0)
        {
            if (page == _pages.Length)
            {
                Array.Resize(ref _pages, 2 * page);
            }

            _pages[page] = new Node[PageNodes];
        }

        return _used++;
    }

    // After a crowd memory goes back to what is there.
    private void Compact()
    {
        var all = InOrder().ToList();
        _pages = [new Node[MinNodes]];
        (_root, _used, _free, Count) = (0, 1, 0, 0);
        foreach (var (window, value) in all)
        {
            Add(window, value);
        }
    }

    // Xorshift (Marsaglia 2003): the shape of the tree is the same every time, and no result depends on it.
    private uint NextPriority()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        return _random ^= _random << 5;
    }

    private struct Node
    {
        public TimeWindow Window;
        public TValue Value;
        public int Left;
        public int Right;
        public uint Priority;
    }
}
