using Weir.Runtime.Streams;

namespace Weir.Runtime.Channels;

/// <summary>
/// Keeps what a checkpoint must hold of a gate's channels when its barriers overtake data: all that was sent before a barrier and is
/// processed behind the cut.
/// </summary>
/// <remarks>
/// Semantics F13. Of each channel it is what is in front of its barrier: what the barrier overtook in the channel, copied where it waits;
/// and what is taken until the barrier comes. No channel is blocked.
/// </remarks>
/// <param name="channels">The channels of the gate.</param>
internal sealed class InFlight<T>(Channel<T>[] channels)
{
    private readonly bool[] _delivered = new bool[channels.Length];
    private readonly SentBarrier?[] _overtaking = new SentBarrier?[channels.Length];
    private readonly long[] _from = new long[channels.Length];
    private readonly bool[] _ended = new bool[channels.Length];
    private List<InFlightElement<T>> _elements = [];

    /// <summary>Gets the newest checkpoint for which a cut was made.</summary>
    public CheckpointId Current { get; private set; }

    /// <summary>Gets a value indicating whether barriers are still to come, or something in front of one that overtakes.</summary>
    public bool IsPending { get; private set; }

    /// <summary>Whether a channel has nothing more in flight, or a barrier that is on its way past what is left.</summary>
    public bool HasDelivered(int channel) => _delivered[channel] || _overtaking[channel] is not null;

    /// <summary>The cut is made.</summary>
    /// <param name="checkpoint">For which checkpoint.</param>
    /// <param name="hasDelivered">Whether a channel has delivered its barrier in line: nothing of it is in flight.</param>
    public void Begin(CheckpointId checkpoint, Func<int, bool> hasDelivered)
    {
        (Current, IsPending, _elements) = (checkpoint, true, []);
        for (var channel = 0; channel < channels.Length; channel++)
        {
            _overtaking[channel] = null;
            _delivered[channel] = _ended[channel] || hasDelivered(channel);
        }
    }

    /// <summary>The barrier of a channel has been taken, in its place or before.</summary>
    public void OnBarrier(int channel, SentBarrier barrier)
    {
        if (!_delivered[channel])
        {
            (_overtaking[channel], _from[channel]) = (barrier, channels[channel].Taken);
            Copy(channel);
        }
    }

    /// <summary>Copies what has come to wait in front of barriers that overtake. Call it before elements are taken.</summary>
    public void Copy()
    {
        for (var channel = 0; IsPending && channel < channels.Length; channel++)
        {
            Copy(channel);
        }
    }

    /// <summary>An element has been taken from a channel.</summary>
    public void OnElement(int channel, in StreamElement<T> element)
    {
        if (!IsPending || _delivered[channel])
        {
            return;
        }

        var number = channels[channel].Taken - 1;
        if (_overtaking[channel] is not { } barrier)
        {
            Add(channel, element);
        }
        else if (number >= _from[channel] && number < barrier.Position)
        {
            _from[channel] = number + 1;
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
        if (IsPending && Current == checkpoint)
        {
            IsPending = false;
            _elements = [];
        }
    }

    /// <summary>Hands out what was in flight, once all barriers have come.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="elements">Copies, in the order of each channel; nothing if the checkpoint has been given up.</param>
    /// <returns>Whether it is complete, or over. Once for each checkpoint.</returns>
    public bool TryTake(CheckpointId checkpoint, out IReadOnlyList<InFlightElement<T>> elements)
    {
        elements = [];
        if (Current != checkpoint || !IsPending)
        {
            return true;
        }

        Copy();
        if (Array.IndexOf(_delivered, false) >= 0)
        {
            return false;
        }

        elements = _elements;
        IsPending = false;
        _elements = [];
        return true;
    }

    private void Copy(int channel)
    {
        if (_overtaking[channel] is { } barrier
            && channels[channel].CopyInFront(barrier, ref _from[channel], element => Add(channel, element)))
        {
            _overtaking[channel] = null;
            _delivered[channel] = true;
        }
    }

    private void Add(int channel, in StreamElement<T> element)
    {
        if (InFlightElement<T>.Of(channel, element) is { } copied)
        {
            _elements.Add(copied);
        }
    }
}
