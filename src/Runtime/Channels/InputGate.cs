using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>Merges the channels of a subtask: reads them in turn, combines their watermarks, aligns their barriers.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class InputGate<T> : IHead
{
    private readonly Channel<T>[] _channels;
    private readonly Receiver<T> _next;
    private readonly Lanes _lanes;
    private readonly WatermarkValve _valve;
    private readonly BarrierAligner _aligner;
    private readonly Action<CheckpointId, AbortReason> _onAborted;
    private Barrier _newest;
    private int _turn;

    /// <summary>Makes the gate of one subtask.</summary>
    /// <param name="channels">Its channels, at least one.</param>
    /// <param name="lanes">Where each channel becomes a lane.</param>
    /// <param name="next">Who takes the records in.</param>
    /// <param name="onAborted">Called when a checkpoint under way has been given up for a reason that the coordinator may not know.</param>
    public InputGate(Channel<T>[] channels, Lanes lanes, Receiver<T> next, Action<CheckpointId, AbortReason> onAborted)
    {
        _channels = channels;
        _lanes = lanes;
        _next = next;
        _valve = new WatermarkValve(channels.Length);
        _aligner = new BarrierAligner(channels.Length);
        _onAborted = onAborted;
    }

    public Action? Wake
    {
        set
        {
            foreach (var channel in _channels)
            {
                channel.Readable = value;
            }
        }
    }

    public void Open() => _lanes.Add([.. _channels.Select(channel => channel.Name)]);

    public HeadStep Step(out Barrier barrier)
    {
        barrier = default;
        for (var i = 0; i < _channels.Length; i++)
        {
            var channel = _turn;
            _turn = _turn + 1 == _channels.Length ? 0 : _turn + 1;
            if (!_aligner.IsBlocked(channel) && _channels[channel].TryRead(out var element))
            {
                return Take(channel, element, out barrier);
            }
        }

        return HeadStep.Nothing;
    }

    public void OnCut(CheckpointId checkpoint)
    {
    }

    public void OnForget(CheckpointId checkpoint)
    {
        if (_aligner.OnCancel(checkpoint) is { Aborted: { } older, Reason: AbortReason.Subsumed })
        {
            _onAborted(older, AbortReason.Subsumed);
        }
    }

    public void Dispose()
    {
    }

    private HeadStep Take(int channel, StreamElement<T> element, out Barrier barrier)
    {
        barrier = default;
        switch (element.Kind)
        {
            case ElementKind.Batch:
                element.Batch!.Lane = channel;
                _next.OnBatch(element.Batch);
                _channels[channel].Return(element.Batch);
                break;
            case ElementKind.Watermark:
                OnWatermark(channel, element.Watermark);
                break;
            case ElementKind.Idle or ElementKind.Active:
                OnIdle(channel, element.Kind == ElementKind.Idle);
                break;
            case ElementKind.Barrier:
                // A barrier of a checkpoint that is over decides nothing, and must not replace the newest.
                _newest = element.Barrier.Checkpoint.Id > _newest.Checkpoint.Id ? element.Barrier : _newest;
                return Decide(_aligner.OnBarrier(channel, element.Barrier.Checkpoint.Id), out barrier);
            default:
                return Decide(_aligner.OnEnd(channel), out barrier);
        }

        return HeadStep.Element;
    }

    private HeadStep Decide(AlignerDecision decision, out Barrier barrier)
    {
        if (decision.Aborted is { } aborted)
        {
            _onAborted(aborted, decision.Reason);
        }

        barrier = _newest;
        return decision.Taken is null ? HeadStep.Element : HeadStep.Barrier;
    }

    private void OnWatermark(int channel, Watermark watermark)
    {
        if (watermark == Watermark.EndOfTime)
        {
            _lanes.Set(channel, LaneStatus.Ended);
        }

        Pass(_valve.OnWatermark(channel, watermark));
    }

    private void OnIdle(int channel, bool isIdle)
    {
        var wasIdle = _valve.IsIdle;
        if (_lanes.StatusOf(channel) != LaneStatus.Ended)
        {
            _lanes.Set(channel, isIdle ? LaneStatus.Idle : LaneStatus.Active);
        }

        Pass(_valve.OnIdle(channel, isIdle));
        if (_valve.IsIdle != wasIdle)
        {
            _next.OnIdle(_valve.IsIdle);
        }
    }

    private void Pass(Watermark? watermark)
    {
        if (watermark is { } advanced)
        {
            _next.OnWatermark(advanced);
        }
    }
}
