using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>The gate of an old subtask as it was at the cut, with what was in flight in each of its channels.</summary>
internal sealed class RestoredGate<T>
{
    private readonly GateState _state;
    private readonly ReceivedLanes _lanes;
    private readonly Queue<StreamElement<T>>[] _channels;
    private int _turn;

    /// <summary>Makes the gate.</summary>
    /// <param name="state">What it knew.</param>
    /// <param name="lanes">The lanes of the subtask that takes it over.</param>
    public RestoredGate(GateState state, Lanes lanes)
    {
        _state = state;
        _lanes = new ReceivedLanes(lanes, [.. state.Channels.Select(channel => channel.Name)]);
        _channels = [.. state.Channels.Select(_ => new Queue<StreamElement<T>>())];
    }

    public IReadOnlyList<GateChannel> Channels => _state.Channels;

    public InputWatermarks Valve => _state.Valve;

    public bool IsEmpty => Array.TrueForAll(_channels, channel => channel.Count == 0);

    public void Open() => _lanes.Restore(_state.Lanes);

    public void End() => _lanes.End();

    /// <summary>Adds an element behind those of its channel.</summary>
    public void Add(int channel, in StreamElement<T> element) => _channels[channel].Enqueue(element);

    /// <summary>Takes the next element of the next channel in turn that has one.</summary>
    public void Take(Receiver<T> next)
    {
        while (_channels[_turn].Count == 0)
        {
            _turn = (_turn + 1) % _channels.Length;
        }

        var (channel, element) = (_turn, _channels[_turn].Dequeue());
        _turn = (_turn + 1) % _channels.Length;
        switch (element.Kind)
        {
            case ElementKind.Batch:
                element.Batch!.Lane = _lanes.Of(channel, element.Batch.Lane);
                next.OnBatch(element.Batch);
                break;
            case ElementKind.Watermark:
                if (element.Watermark == Watermark.EndOfTime)
                {
                    _lanes.End(channel);
                }

                Valve.OnWatermark(channel, element.Watermark);
                break;
            case ElementKind.Notice:
                _lanes.Take(channel, (LaneNotice)element.Notice!);
                break;
            default:
                _lanes.OnIdle(channel, element.Kind == ElementKind.Idle);
                Valve.OnIdle(channel, element.Kind == ElementKind.Idle);
                break;
        }
    }
}
