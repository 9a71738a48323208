using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.Kernels;

/// <summary>
/// The records that a <c>SelectMany</c> makes of one, and how far they have been taken: a <c>foreach</c> that can be left and gone on with.
/// </summary>
/// <remarks>
/// One for each <c>SelectMany</c> of a subtask, used again for every record. Arrays and lists are walked by index, without an enumerator.
/// </remarks>
/// <typeparam name="T">The records made.</typeparam>
public sealed class Expansion<T> : IDisposable
{
    /// <summary>The most records that are made of one where they are kept until all are there.</summary>
    public const int MostWhole = 1 << 20;

    private List<T>? _whole;
    private T[]? _array;
    private List<T>? _list;
    private IEnumerator<T>? _enumerator;
    private int _next;

    /// <summary>Gets a value indicating whether there may be more to take.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Begins with what was made of a record.</summary>
    /// <param name="items">What was made.</param>
    /// <exception cref="InvalidOperationException">It is null.</exception>
    public void Open(IEnumerable<T>? items)
    {
        _next = 0;
        if (items is T[] array)
        {
            _array = array;
        }
        else if (items is List<T> list)
        {
            _list = list;
        }
        else
        {
            _enumerator = items?.GetEnumerator()
                ?? throw new InvalidOperationException(
                    "The function of SelectMany returned null. Return an empty sequence where a record becomes none.");
        }

        IsOpen = true;
    }

    /// <summary>
    /// Begins with what was made of a record, once all of it is there: nothing of a record comes out whose sequence fails in the middle.
    /// </summary>
    /// <param name="items">What was made.</param>
    /// <exception cref="InvalidOperationException">It is null, or more than <see cref="MostWhole"/>.</exception>
    public void OpenWhole(IEnumerable<T>? items)
    {
        if (items is null or T[] or List<T>)
        {
            Open(items);
            return;
        }

        var whole = _whole ??= [];
        whole.Clear();
        foreach (var item in items)
        {
            if (whole.Count == MostWhole)
            {
                throw new InvalidOperationException(
                    $"The function of SelectMany made more than {MostWhole} records of one. Behind OnError all of them are kept until the "
                        + "last is there. Make fewer, or do without OnError.");
            }

            whole.Add(item);
        }

        Open(whole);
    }

    /// <summary>Takes the next. At the end it closes.</summary>
    /// <param name="item">The record.</param>
    /// <returns>Whether there was one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext([MaybeNullWhen(false)] out T item)
    {
        var array = _array;
        if (array is not null && (uint)_next < (uint)array.Length)
        {
            item = array[_next++];
            return true;
        }

        return TryNextOther(out item);
    }

    /// <summary>Ends it, wherever it is.</summary>
    public void Dispose()
    {
        IsOpen = false;
        _array = null;
        _list = null;
        var enumerator = _enumerator;
        _enumerator = null;
        enumerator?.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryNextOther([MaybeNullWhen(false)] out T item)
    {
        if (_enumerator is { } enumerator)
        {
            if (enumerator.MoveNext())
            {
                item = enumerator.Current;
                return true;
            }
        }
        else if (_list is { } list && _next < list.Count)
        {
            item = list[_next++];
            return true;
        }

        Dispose();
        item = default;
        return false;
    }
}
