using System.Buffers;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>Items, put in order of key groups where they lie: what belongs to one group can then be walked from front to back.</summary>
/// <remarks>
/// Sorted window by window (a counting sort, stable, which a cache holds), not as a whole: so it takes no copy of the items, and to walk a
/// group touches memory in runs and not at random. Beside the items it takes a window, and a fraction of their size for where runs
/// begin.
/// </remarks>
internal sealed class KeyGroupRuns<T>
{
    private const int MinWindowItems = 16_384;

    // So that a run holds a few items on average, however many groups there are.
    private const int MinItemsOfGroup = 4;

    private readonly Chunks<T> _items;

    // For each window, where the run of each group ends.
    private readonly int[][] _ends;

    // Where the walk is: the window, and what is taken of its run.
    private int _run;
    private int _taken;

    /// <summary>Sorts.</summary>
    /// <param name="items">The items.</param>
    /// <param name="keyGroupCount">The number of key groups.</param>
    /// <param name="groupsOf">Tells the group of each item of a span; called with all items, in their order.</param>
    public KeyGroupRuns(Chunks<T> items, int keyGroupCount, Action<Span<T>, Span<int>> groupsOf)
    {
        _items = items;
        _ends = new int[items.Length][];
        var room = 0;
        for (var window = 0; window < _ends.Length; window++)
        {
            room = Math.Max(room, items[window].Length);
        }

        var sorted = ArrayPool<T>.Shared.Rent(room);
        var groups = ArrayPool<int>.Shared.Rent(room);
        for (var window = 0; window < _ends.Length; window++)
        {
            var span = items[window];
            groupsOf(span, groups.AsSpan(0, span.Length));
            _ends[window] = Sort(span, groups.AsSpan(0, span.Length), sorted, keyGroupCount);
        }

        ArrayPool<int>.Shared.Return(groups);
        ArrayPool<T>.Shared.Return(sorted, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
    }

    /// <summary>The items of a window.</summary>
    public static int WindowOf(int keyGroupCount) => Math.Max(MinWindowItems, MinItemsOfGroup * keyGroupCount);

    /// <summary>The next items of a group that are not taken yet. Groups are asked for in order.</summary>
    /// <returns>Whether there are any; if not, the walk is at the front again, for the next group.</returns>
    public bool TryNext(int keyGroup, out ReadOnlySpan<T> items)
    {
        for (; _run < _ends.Length; _run++, _taken = 0)
        {
            var first = keyGroup == 0 ? 0 : _ends[_run][keyGroup - 1];
            items = _items[_run][(first + _taken).._ends[_run][keyGroup]];
            if (!items.IsEmpty)
            {
                return true;
            }
        }

        _run = 0;
        items = default;
        return false;
    }

    /// <summary>Takes so many of the next items.</summary>
    public void Take(int items) => _taken += items;

    private static int[] Sort(Span<T> items, ReadOnlySpan<int> groups, Span<T> sorted, int keyGroupCount)
    {
        var ends = new int[keyGroupCount];
        foreach (var group in groups)
        {
            ends[group]++;
        }

        var begin = 0;
        foreach (ref var end in ends.AsSpan())
        {
            (begin, end) = (begin + end, begin);
        }

        // Each begins where the next item of its group goes, and has moved to its end when all have gone.
        for (var i = 0; i < items.Length; i++)
        {
            sorted[ends[groups[i]]++] = items[i];
        }

        sorted[..items.Length].CopyTo(items);
        return ends;
    }
}
