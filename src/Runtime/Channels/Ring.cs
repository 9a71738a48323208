using System.Diagnostics.CodeAnalysis;

namespace Weir.Runtime.Channels;

/// <summary>A bounded queue from one thread to another that its reader may look into. One writer, one reader, no locks.</summary>
/// <remarks>
/// Items are numbered from 0 in the order they were written, and keep their numbers: what a barrier overtook is told by them.
/// </remarks>
/// <typeparam name="T">The items.</typeparam>
/// <param name="capacity">The most items in it.</param>
internal sealed class Ring<T>(int capacity)
{
    private readonly T[] _items = new T[capacity];
    private long _written;
    private long _taken;

    /// <summary>Gets the number of items ever written. Exact for the writer; for others at least that many.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>Gets the number of items ever taken. Exact for the reader; for others at least that many.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Writes an item, if there is room. For the writer.</summary>
    public bool TryWrite(in T item)
    {
        var written = _written;
        if (written - Volatile.Read(ref _taken) == _items.Length)
        {
            return false;
        }

        _items[(int)(written % _items.Length)] = item;
        Volatile.Write(ref _written, written + 1);
        return true;
    }

    /// <summary>Takes the oldest item. For the reader.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        var taken = _taken;
        if (taken == Volatile.Read(ref _written))
        {
            item = default;
            return false;
        }

        ref var slot = ref _items[(int)(taken % _items.Length)];
        item = slot;
        slot = default!;
        Volatile.Write(ref _taken, taken + 1);
        return true;
    }

    /// <summary>Looks at an item without taking it. For the reader.</summary>
    /// <param name="number">Which: from <see cref="Taken"/> up to, not including, <see cref="Written"/>.</param>
    /// <param name="item">The item.</param>
    /// <returns>Whether it is there.</returns>
    public bool TryPeek(long number, [MaybeNullWhen(false)] out T item)
    {
        if (number < _taken || number >= Volatile.Read(ref _written))
        {
            item = default;
            return false;
        }

        item = _items[(int)(number % _items.Length)];
        return true;
    }
}
