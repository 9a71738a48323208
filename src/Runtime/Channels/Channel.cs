using System.Collections.Concurrent;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>
/// The queue from one subtask to another: bounded in elements and in bytes, one writer, one reader, carrying batches whole.
/// </summary>
/// <remarks>
/// <para>A batch belongs to whoever holds it: the writer rents an empty one, fills it and hands it over; the reader gives it back when
/// done. Neither side ever blocks. What the writer cannot write it keeps in order and tries again (<see cref="TryDrain"/>); until that
/// succeeds its subtask takes in nothing new, and so its own inputs fill up: that is backpressure.</para>
/// <para>The reader may look at what waits without taking it, and a barrier may overtake it all (<see cref="Overtake"/>): the reader learns
/// of the barrier at once, and which of the waiting elements it went past.</para>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed class Channel<T> : ISendingEnd
{
    /// <summary>How many elements a channel holds unless told otherwise.</summary>
    public const int DefaultCapacity = 8;

    /// <summary>How many bytes of records a channel holds unless told otherwise.</summary>
    public const long DefaultCapacityBytes = 32L << 20;

    // So many notices take no room of records.
    private const int RoomForNotices = 8;

    private readonly Ring<StreamElement<T>> _elements;
    private readonly Ring<Batch<T>> _spare;
    private readonly Queue<StreamElement<T>> _unsent = new();
    private readonly ConcurrentQueue<(Barrier Barrier, long Position)> _overtaking = new();
    private readonly int _batchCapacity;
    private readonly long _capacityBytes;
    private readonly int _capacity;
    private long _bytes;
    private int _notices;
    private long _unsentBytes;

    /// <summary>Makes an empty channel.</summary>
    /// <param name="name">Names the sender, the same after a recovery.</param>
    /// <param name="capacity">The most elements in it.</param>
    /// <param name="batchCapacity">The most records of a batch.</param>
    /// <param name="capacityBytes">The most bytes of records in it, as senders estimate them; a batch that is larger on its own passes
    /// alone.</param>
    public Channel(string name, int capacity, int batchCapacity, long capacityBytes = DefaultCapacityBytes)
    {
        Name = name;
        _batchCapacity = batchCapacity;
        _capacityBytes = capacityBytes;
        _capacity = capacity;
        _elements = new Ring<StreamElement<T>>(capacity + RoomForNotices);

        // Room for every batch that can be under way: none is ever dropped, and none made once the channel has been full.
        _spare = new Ring<Batch<T>>(capacity + 2);
    }

    public string Name { get; }

    /// <summary>Called by the writer's thread after each write, so that a parked reader wakes up.</summary>
    public Action? Readable { get; set; }

    /// <summary>Called by the reader's thread after each read, so that a parked writer wakes up.</summary>
    public Action? Writable { get; set; }

    Action? ISendingEnd.Wake
    {
        set => Writable = value;
    }

    /// <summary>Gets what waits in the channel and in front of it, as the writer sees it.</summary>
    public ChannelLoad Load => new(Waits + _unsent.Count, Interlocked.Read(ref _bytes) + _unsentBytes, _unsent.Count);

    // Notices left out. The reader may have taken a notice and not yet said so: then there is room for one more in the ring.
    private int Waits => Math.Max(0, (int)(_elements.Written - _elements.Taken) - Volatile.Read(ref _notices));

    /// <summary>Gets an empty batch. For the writer.</summary>
    public Batch<T> Rent() => _spare.TryTake(out var batch) ? batch : new Batch<T>(_batchCapacity);

    /// <summary>Writes an element, or keeps it for <see cref="TryDrain"/> if the channel is full. For the writer.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Write(StreamElement<T> element)
    {
        if (_unsent.Count == 0 && TryWrite(element))
        {
            return true;
        }

        _unsent.Enqueue(element);
        _unsentBytes += element.Bytes;
        return false;
    }

    /// <summary>Writes what was kept. For the writer.</summary>
    /// <param name="isProgress">Set if anything was written.</param>
    /// <returns>Whether nothing is left.</returns>
    public bool TryDrain(ref bool isProgress)
    {
        while (_unsent.TryPeek(out var element))
        {
            if (!TryWrite(element))
            {
                return false;
            }

            _unsent.Dequeue();
            _unsentBytes -= element.Bytes;
            isProgress = true;
        }

        return true;
    }

    /// <summary>Sends a barrier past everything that waits. For the writer.</summary>
    /// <param name="barrier">The barrier.</param>
    /// <returns>
    /// What it overtook on this side, in order: kept because the channel is full, and still to be sent. It belongs to the sender's part of
    /// the checkpoint; what waits in the channel belongs to the receiver's.
    /// </returns>
    public IReadOnlyList<StreamElement<T>> Overtake(Barrier barrier)
    {
        _overtaking.Enqueue((barrier, _elements.Written));
        Readable?.Invoke();
        return [.. _unsent];
    }

    /// <summary>Takes the next element. For the reader.</summary>
    public bool TryRead(out StreamElement<T> element)
    {
        if (!_elements.TryTake(out element))
        {
            return false;
        }

        if (element.Bytes > 0)
        {
            Interlocked.Add(ref _bytes, -element.Bytes);
        }
        else if (element.Kind == ElementKind.Notice)
        {
            Interlocked.Decrement(ref _notices);
        }

        Writable?.Invoke();
        return true;
    }

    /// <summary>Looks at the next element without taking it. For the reader.</summary>
    public bool TryPeek(out StreamElement<T> element) => _elements.TryPeek(_elements.Taken, out element);

    /// <summary>Takes a barrier that has overtaken what waits. For the reader.</summary>
    /// <param name="barrier">The barrier.</param>
    /// <param name="overtaken">The elements that it overtook in the channel, in order. They stay in it.</param>
    public bool TryReadOvertaking(out Barrier barrier, out IReadOnlyList<StreamElement<T>> overtaken)
    {
        if (_overtaking.IsEmpty || !_overtaking.TryDequeue(out var next))
        {
            (barrier, overtaken) = (default, []);
            return false;
        }

        (barrier, overtaken) = (next.Barrier, [.. Waiting(next.Position)]);
        return true;
    }

    /// <summary>Looks at what waits, oldest first, without taking it. For the reader.</summary>
    public IEnumerable<StreamElement<T>> Waiting() => Waiting(_elements.Written);

    /// <summary>Gives a batch back, empty. For the reader.</summary>
    public void Return(Batch<T> batch)
    {
        batch.Clear();
        _spare.TryWrite(batch);
    }

    private IEnumerable<StreamElement<T>> Waiting(long end)
    {
        for (var number = _elements.Taken; number < end && _elements.TryPeek(number, out var element); number++)
        {
            yield return element;
        }
    }

    private bool TryWrite(in StreamElement<T> element)
    {
        var bytes = element.Bytes;
        var isNotice = element.Kind == ElementKind.Notice;
        if (!isNotice && Waits >= _capacity)
        {
            return false;
        }

        if (isNotice)
        {
            Interlocked.Increment(ref _notices);
        }

        if (bytes > 0)
        {
            // Only the reader makes it less meanwhile.
            var waiting = Interlocked.Read(ref _bytes);
            if (waiting > 0 && waiting + bytes > _capacityBytes)
            {
                return false;
            }

            // First: the reader may have taken the element before this returns.
            Interlocked.Add(ref _bytes, bytes);
        }

        if (!_elements.TryWrite(element))
        {
            Interlocked.Add(ref _bytes, -bytes);
            Interlocked.Add(ref _notices, isNotice ? -1 : 0);
            return false;
        }

        Readable?.Invoke();
        return true;
    }
}
