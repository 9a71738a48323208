using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>
/// Keeps what a checkpoint must hold of a gate's channels when its barriers overtake data: all that was sent before a barrier and is
/// processed behind the cut.
/// </summary>
/// <remarks>
/// Semantics F13. The first barrier makes the cut. What it overtook in its channel is in flight at once; of every other channel, what is
/// taken until that channel's barrier has come. No channel is ever blocked.
/// </remarks>
/// <param name="channels">The number of channels.</param>
internal sealed class InFlight<T>(int channels)
{
    private readonly bool[] _delivered = new bool[channels];
    private readonly bool[] _ended = new bool[channels];
    private List<InFlightElement<T>> _elements = [];
    private Barrier _current;

    /// <summary>Gets a value indicating whether a cut has been made and barriers are still to come.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Whether a barrier belongs to the checkpoint that is being taken, or has been taken, this way.</summary>
    public bool Knows(CheckpointId checkpoint) => checkpoint == _current.Checkpoint.Id;

    /// <summary>A barrier has come.</summary>
    /// <param name="channel">On which channel.</param>
    /// <param name="barrier">The barrier.</param>
    /// <param name="overtaken">What it overtook there, in order.</param>
    /// <param name="aborted">The older checkpoint that is given up for it, or null.</param>
    /// <returns>Whether it is the first of its checkpoint: the cut is made now.</returns>
    public bool OnBarrier(int channel, Barrier barrier, IReadOnlyList<StreamElement<T>> overtaken, out CheckpointId? aborted)
    {
        aborted = null;
        var isFirst = barrier.Checkpoint.Id > _current.Checkpoint.Id;
        if (isFirst)
        {
            aborted = IsPending ? _current.Checkpoint.Id : null;
            _current = barrier;
            _elements = [];
            _ended.CopyTo(_delivered, 0);
            IsPending = true;
        }

        if (IsPending && Knows(barrier.Checkpoint.Id) && !_delivered[channel])
        {
            foreach (var element in overtaken)
            {
                Add(channel, element);
            }

            _delivered[channel] = true;
        }

        return isFirst;
    }

    /// <summary>An element is being taken from a channel.</summary>
    public void OnElement(int channel, in StreamElement<T> element)
    {
        if (IsPending && !_delivered[channel])
        {
            Add(channel, element);
        }
    }

    /// <summary>A channel has ended: no barrier is to come from it.</summary>
    public void OnEnd(int channel)
    {
        _ended[channel] = true;
        _delivered[channel] = true;
    }

    /// <summary>A checkpoint has been given up.</summary>
    public void OnForget(CheckpointId checkpoint)
    {
        if (IsPending && Knows(checkpoint))
        {
            IsPending = false;
            _elements = [];
        }
    }

    /// <summary>Hands out what was in flight, once all barriers have come.</summary>
    /// <param name="checkpoint">The checkpoint that it belongs to.</param>
    /// <param name="elements">Copies, in the order of each channel.</param>
    /// <returns>Whether it is complete. Once for each checkpoint.</returns>
    public bool TryTake(out CheckpointId checkpoint, out IReadOnlyList<InFlightElement<T>> elements)
    {
        checkpoint = _current.Checkpoint.Id;
        elements = _elements;
        if (!IsPending || Array.IndexOf(_delivered, false) >= 0)
        {
            return false;
        }

        IsPending = false;
        _elements = [];
        return true;
    }

    private void Add(int channel, in StreamElement<T> element)
    {
        if (element.Kind == ElementKind.Batch)
        {
            _elements.Add(new(channel, StreamElement<T>.Of(BatchCopy.Of(element.Batch!), element.Bytes)));
        }
        else if (element.Kind is ElementKind.Watermark or ElementKind.Idle or ElementKind.Active)
        {
            _elements.Add(new(channel, element));
        }
    }
}

/// <summary>An element that a barrier overtook.</summary>
/// <param name="Channel">The channel of the gate that it was in.</param>
/// <param name="Element">A batch, a watermark or an idle mark.</param>
internal readonly record struct InFlightElement<T>(int Channel, StreamElement<T> Element);
