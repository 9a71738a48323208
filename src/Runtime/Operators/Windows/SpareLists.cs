using System.Runtime.CompilerServices;

namespace Weir.Runtime.Operators.Windows;

/// <summary>Lists of records that windows are done with, emptied, for the next ones: a steady stream of windows allocates none.</summary>
/// <remarks>
/// What is far larger than what it held is not kept, and what nobody has asked for in a while goes: so what a burst took is given back.
/// </remarks>
/// <typeparam name="TList">The list.</typeparam>
internal sealed class SpareLists<TList>
    where TList : class
{
    // A list is kept that is small or held a part of its capacity, one in so many.
    private const int SmallList = 16;
    private const int Part = 4;

    // How many lists come in, at least, until those go that nobody has asked for meanwhile.
    private const int MinPeriod = 1024;

    private readonly Stack<TList> _lists = new();
    private int _unused;
    private int _left = MinPeriod;

    /// <summary>Gets how many there are.</summary>
    public int Count => _lists.Count;

    /// <summary>
    /// Whether a result of this type cannot hold the records that it was made of: a query that is not run yet would find those of another
    /// window in the list.
    /// </summary>
    public static bool LetsGo<TOut>() => !RuntimeHelpers.IsReferenceOrContainsReferences<TOut>() || typeof(TOut) == typeof(string);

    /// <summary>Takes one, if there is any.</summary>
    public TList? Take()
    {
        if (!_lists.TryPop(out var list))
        {
            return null;
        }

        _unused = Math.Min(_unused, _lists.Count);
        return list;
    }

    /// <summary>Takes one in.</summary>
    /// <param name="list">The list, emptied. Nobody else has it any more.</param>
    /// <param name="held">How many records it held.</param>
    /// <param name="capacity">For how many it has room.</param>
    public void Keep(TList list, int held, int capacity)
    {
        if (capacity <= SmallList || capacity / Part <= held)
        {
            _lists.Push(list);
        }

        if (--_left <= 0)
        {
            Trim();
        }
    }

    // In a period the lists of several windows come and go: those that were there all the time are too many.
    private void Trim()
    {
        for (; _unused > 0; _unused--)
        {
            _lists.Pop();
        }

        _unused = _lists.Count;
        _left = MinPeriod + (Part * _lists.Count);
    }
}
