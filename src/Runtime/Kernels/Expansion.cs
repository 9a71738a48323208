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
