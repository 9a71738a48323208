using System.Threading.Channels;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>The queue from one subtask to another: bounded, one writer, one reader, carrying batches whole.</summary>
/// <remarks>
/// A batch belongs to whoever holds it: the writer rents an empty one, fills it and hands it over; the reader gives it back when done. Neither side ever
/// blocks. What the writer cannot write it keeps in order and tries again (<see cref="TryDrain"/>); until that succeeds its subtask takes in nothing new, and so
/// its own inputs fill up: that is backpressure.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed class Channel<T>
{
    /// <summary>How many elements a channel holds unless told otherwise.</summary>
    public const int DefaultCapacity = 8;

    private readonly System.Threading.Channels.Channel<StreamElement<T>> _elements;
    private readonly System.Threading.Channels.Channel<Batch<T>> _spare;
    private readonly Queue<StreamElement<T>> _unsent = new();
    private readonly int _batchCapacity;

    /// <summary>Makes an empty channel.</summary>
    /// <param name="name">Names the sender, the same after a recovery.</param>
    /// <param name="capacity">The most elements in it.</param>
    /// <param name="batchCapacity">The most records of a batch.</param>
    public Channel(string name, int capacity, int batchCapacity)
    {
        Name = name;
        _batchCapacity = batchCapacity;
        _elements = System.Threading.Channels.Channel.CreateBounded<StreamElement<T>>(OneToOne(capacity));

        // Room for every batch that can be under way: none is ever dropped, and none made once the channel has been full.
        _spare = System.Threading.Channels.Channel.CreateBounded<Batch<T>>(OneToOne(capacity + 2));
    }

    public string Name { get; }

    /// <summary>Gets how many elements wait for room. For the writer.</summary>
    public int Unsent => _unsent.Count;

    /// <summary>Called by the writer's thread after each write, so that a parked reader wakes up.</summary>
    public Action? Readable { get; set; }

    /// <summary>Called by the reader's thread after each read, so that a parked writer wakes up.</summary>
    public Action? Writable { get; set; }

    /// <summary>Gets an empty batch. For the writer.</summary>
    public Batch<T> Rent() => _spare.Reader.TryRead(out var batch) ? batch : new Batch<T>(_batchCapacity);

    /// <summary>Writes an element, or keeps it for <see cref="TryDrain"/> if the channel is full. For the writer.</summary>
    /// <returns>Whether it was written.</returns>
    public bool Write(StreamElement<T> element)
    {
        if (_unsent.Count > 0 || !_elements.Writer.TryWrite(element))
        {
            _unsent.Enqueue(element);
            return false;
        }

        Readable?.Invoke();
        return true;
    }

    /// <summary>Writes what was kept. For the writer.</summary>
    /// <param name="isProgress">Set if anything was written.</param>
    /// <returns>Whether nothing is left.</returns>
    public bool TryDrain(ref bool isProgress)
    {
        while (_unsent.TryPeek(out var element))
        {
            if (!_elements.Writer.TryWrite(element))
            {
                return false;
            }

            _unsent.Dequeue();
            isProgress = true;
            Readable?.Invoke();
        }

        return true;
    }

    /// <summary>Takes the next element. For the reader.</summary>
    public bool TryRead(out StreamElement<T> element)
    {
        if (!_elements.Reader.TryRead(out element))
        {
            return false;
        }

        Writable?.Invoke();
        return true;
    }

    /// <summary>Gives a batch back, empty. For the reader.</summary>
    public void Return(Batch<T> batch)
    {
        batch.Clear();
        _spare.Writer.TryWrite(batch);
    }

    private static BoundedChannelOptions OneToOne(int capacity) => new(capacity)
    {
        SingleReader = true,
        SingleWriter = true,
        FullMode = BoundedChannelFullMode.Wait,
    };
}
