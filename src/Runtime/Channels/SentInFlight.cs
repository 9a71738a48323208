using Weir.Runtime.State;

namespace Weir.Runtime.Channels;

/// <summary>What a sender has kept in front of full channels when a barrier overtakes it.</summary>
/// <param name="edge">The name of the edge.</param>
/// <param name="channels">Its channels, one for each receiver that has one.</param>
/// <param name="receivers">The index of the receiver of each channel.</param>
internal sealed class SentInFlight<T>(string edge, Channel<T>[] channels, IReadOnlyList<int> receivers) : IInFlight
{
    private readonly bool[] _settled = new bool[channels.Length];
    private List<InFlightElement<T>> _elements = [];
    private CheckpointId _current;

    public string Id => InFlightIds.Sent(edge);

    public IReadOnlyList<SchemaMember> Schemas => [InFlightFormat<T>.Schema];

    public void Begin(Barrier barrier)
    {
        _current = barrier.Checkpoint.Id;
        _elements = [];
        Array.Clear(_settled);
    }

    public bool TrySnapshot(Barrier barrier, long now, OperatorStateWriter writer)
    {
        var checkpoint = barrier.Checkpoint.Id;
        if (checkpoint == _current && !TrySettle(checkpoint, now))
        {
            return false;
        }

        var elements = checkpoint == _current ? _elements : [];
        _elements = checkpoint == _current ? [] : _elements;
        InFlightFormat<T>.Write(new InFlightMark(default, [(edge, elements.Count)]), elements, writer);
        return true;
    }

    /// <summary>A checkpoint has been given up.</summary>
    public void Forget(CheckpointId checkpoint)
    {
        foreach (var channel in channels)
        {
            channel.Forget(checkpoint);
        }

        if (checkpoint == _current)
        {
            _current = default;
            _elements = [];
        }
    }

    private bool TrySettle(CheckpointId checkpoint, long now)
    {
        var isSettled = true;
        for (var i = 0; i < channels.Length; i++)
        {
            if (!_settled[i] && channels[i].TrySettle(checkpoint, now, out var overtaken))
            {
                _settled[i] = true;
                foreach (var element in overtaken)
                {
                    if (InFlightElement<T>.Of(receivers[i], element) is { } copied)
                    {
                        _elements.Add(copied);
                    }
                }
            }

            isSettled &= _settled[i];
        }

        return isSettled;
    }
}
