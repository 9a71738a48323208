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
/// <para>Barriers lie beside the elements, each with the number of elements in front of it, so that they need no room and the reader learns
/// of them at once. It takes a barrier when it has come to its place, or before, if the barrier may overtake: then it copies what it
/// overtakes. What the writer has kept the writer copies, and moves the barrier in front of it (<see cref="TrySettle"/>): each element in
/// flight is in one snapshot, and none is read before a cut that it is behind of.</para>
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
    private readonly ConcurrentQueue<SentBarrier> _barriers = new();

    // The writer's: those that were sent behind what it keeps.
    private readonly List<SentBarrier> _behindKept = [];
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

    /// <summary>Sends a barrier behind everything that was written. For the writer.</summary>
    public void Send(Barrier barrier)
    {
        var sent = new SentBarrier(barrier, _elements.Written + _unsent.Count);
        if (_unsent.Count > 0)
        {
            _behindKept.Add(sent);
        }

        _barriers.Enqueue(sent);
        Readable?.Invoke();
    }

    /// <summary>
    /// Asks for what a barrier has overtaken on this side, which belongs to the sender's part of the checkpoint. For the writer.
    /// </summary>
    /// <param name="checkpoint">The barrier's checkpoint.</param>
    /// <param name="now">The time, as <see cref="TimeProvider.GetTimestamp"/> says it: the barrier overtakes if it may by then.</param>
    /// <param name="overtaken">What is kept in front of it, in order, still to be sent; nothing if it has left behind all of it.</param>
    /// <returns>Whether that is settled. Not while it may not overtake, or another barrier is in front that has not left.</returns>
    public bool TrySettle(CheckpointId checkpoint, long now, out IReadOnlyList<StreamElement<T>> overtaken)
    {
        overtaken = [];
        while (_behindKept.Count > 0 && _behindKept[0].Position <= _elements.Written)
        {
            _behindKept.RemoveAt(0);
        }

        var place = _behindKept.FindIndex(sent => sent.Barrier.Checkpoint.Id == checkpoint);
        if (place < 0)
        {
            return true;
        }

        var barrier = _behindKept[place];
        var front = (int)(barrier.Position - _elements.Written);
        if (place > 0 || now < barrier.Barrier.OvertakesAt || _unsent.Take(front).Any(element => element.Kind == ElementKind.CaughtUp))
        {
            return false;
        }

        overtaken = [.. _unsent.Take(front)];
        _behindKept.RemoveAt(0);

        // Those sent before it were given up, or they would hold it back here. The reader looks at the first one alone: none may hide it.
        foreach (var earlier in _barriers.TakeWhile(sent => sent != barrier))
        {
            earlier.Position = Math.Min(earlier.Position, _elements.Written);
        }

        barrier.Position = _elements.Written;
        Readable?.Invoke();
        return true;
    }

    /// <summary>A checkpoint has been given up: its barrier holds no other back. For the writer.</summary>
    public void Forget(CheckpointId checkpoint) => _behindKept.RemoveAll(sent => sent.Barrier.Checkpoint.Id <= checkpoint);

    /// <summary>Gets the number of elements that the reader has taken.</summary>
    public long Taken => _elements.Taken;

    /// <summary>Takes the next element, unless a barrier is in front of it. For the reader.</summary>
    public bool TryRead(out StreamElement<T> element)
    {
        element = default;

        // In this order: who sees an element sees the barriers that were sent, or moved, before it was written.
        if (_elements.Taken == _elements.Written || HasArrived(Barrier) || !_elements.TryTake(out element))
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

    /// <summary>Gets the next barrier; null if none is under way. For the reader.</summary>
    public SentBarrier? Barrier => !_barriers.IsEmpty && _barriers.TryPeek(out var next) ? next : null;

    /// <summary>Whether all that was in front of a barrier has been taken. For the reader.</summary>
    public bool HasArrived(SentBarrier? barrier) => barrier is not null && barrier.Position <= _elements.Taken;

    /// <summary>Takes the next barrier. For the reader.</summary>
    public void TakeBarrier() => _barriers.TryDequeue(out _);

    /// <summary>Copies what waits in the channel in front of a barrier. For the reader.</summary>
    /// <param name="barrier">The barrier, which was taken before it arrived.</param>
    /// <param name="from">The number of the first element that has not been copied; moved on behind those that now are.</param>
    /// <param name="add">Takes each, in order.</param>
    /// <returns>Whether that is all: the rest, if there is one, is the sender's.</returns>
    public bool CopyInFront(SentBarrier barrier, ref long from, Action<StreamElement<T>> add)
    {
        // In this order: what is written behind a barrier that moves meanwhile is not copied.
        var written = _elements.Written;
        var end = Math.Min(written, barrier.Position);
        for (; from < end && _elements.TryPeek(from, out var element); from++)
        {
            add(element);
        }

        return from >= barrier.Position;
    }

    /// <summary>Gives a batch back, empty. For the reader.</summary>
    public void Return(Batch<T> batch)
    {
        batch.Clear();
        _spare.TryWrite(batch);
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
