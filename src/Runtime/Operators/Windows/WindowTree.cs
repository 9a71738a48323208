using System.Runtime.CompilerServices;

namespace Weir.Runtime.Operators.Windows;

/// <summary>
/// Windows that neither overlap nor touch, each with a value, in order of time: to find, add and remove one costs the logarithm of their
/// number.
/// </summary>
/// <remarks>A treap (Seidel and Aragon 1996) in one array: searched by time, and a heap by random priorities, which keep it even.</remarks>
/// <typeparam name="TValue">What is kept of a window.</typeparam>
internal sealed class WindowTree<TValue>
{
    private const int MinNodes = 4;

    // Number 0 is no node.
    private Node[] _nodes = new Node[MinNodes];
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
            ref var node = ref _nodes[i];
            var isBefore = node.Window.EndTime < window.StartTime;
            first = isBefore ? first : i;
            i = isBefore ? node.Right : node.Left;
        }

        found = _nodes[first].Window;
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

        return ref _nodes[i].Value;
    }

    /// <summary>Adds a window.</summary>
    /// <param name="window">Neither overlaps nor touches any that is there.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The value's place, good until a window is added or removed.</returns>
    public ref TValue Add(TimeWindow window, TValue value)
    {
        var node = Claim();
        _nodes[node] = new Node { Window = window, Value = value, Priority = NextPriority() };
        _root = Insert(_root, node);
        Count++;
        return ref _nodes[node].Value;
    }

    /// <summary>Removes a window.</summary>
    /// <param name="start">The window's start.</param>
    /// <param name="value">What its value was.</param>
    /// <returns>Whether there was one.</returns>
    public bool Remove(long start, out TValue value)
    {
        ref var link = ref LinkTo(start);
        var i = link;
        value = _nodes[i].Value;
        if (i == 0)
        {
            return false;
        }

        link = Join(_nodes[i].Left, _nodes[i].Right);
        _nodes[i] = new Node { Left = _free };
        _free = i;
        Count--;
        if (_nodes.Length > 16 * MinNodes && Count < _nodes.Length / 8)
        {
            Compact();
        }

        return true;
    }

    /// <summary>All windows, the earliest first.</summary>
    public IEnumerable<(TimeWindow Window, TValue Value)> InOrder()
    {
        var above = new Stack<int>();
        for (var i = _root; i != 0 || above.Count > 0; i = _nodes[i].Right)
        {
            for (; i != 0; i = _nodes[i].Left)
            {
                above.Push(i);
            }

            i = above.Pop();
            yield return (_nodes[i].Window, _nodes[i].Value);
        }
    }

    // Where the number of the window that starts there stands; where 0 stands, if there is none.
    private ref int LinkTo(long start)
    {
        ref var link = ref _root;
        while (link != 0)
        {
            ref var node = ref _nodes[link];
            if (node.Window.StartTime == start)
            {
                break;
            }

            link = ref start < node.Window.StartTime ? ref node.Left : ref node.Right;
        }

        return ref link;
    }

    private int Insert(int tree, int node)
    {
        if (tree == 0)
        {
            return node;
        }

        ref var top = ref _nodes[tree];
        ref var added = ref _nodes[node];
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

        ref var top = ref _nodes[tree];
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

        if (_nodes[before].Priority > _nodes[behind].Priority)
        {
            _nodes[before].Right = Join(_nodes[before].Right, behind);
            return before;
        }

        _nodes[behind].Left = Join(before, _nodes[behind].Left);
        return behind;
    }

    private int Claim()
    {
        if (_free != 0)
        {
            var node = _free;
            _free = _nodes[node].Left;
            return node;
        }

        if (_used == _nodes.Length)
        {
            Array.Resize(ref _nodes, 2 * _used);
        }

        return _used++;
    }

    // After a crowd memory goes back to what is there.
    private void Compact()
    {
        var all = InOrder().ToList();
        _nodes = new Node[Math.Max(MinNodes, 2 * (all.Count + 1))];
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
