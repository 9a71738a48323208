using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>Merges the channels of a subtask: reads them in turn, combines their watermarks, aligns their barriers.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class InputGate<T> : IHead
{
    private readonly Channel<T>[] _channels;
    private readonly Receiver<T> _next;
    private readonly ReceivedLanes _lanes;
    private readonly InputWatermarks _valve;
    private readonly BarrierAligner _aligner;
    private readonly InFlight<T> _inFlight;
    private readonly Action<CheckpointId, AbortReason> _onAborted;
    private readonly TimeProvider _time;
    private Barrier _newest;
    private int _turn;

    /// <summary>Makes the gate of one subtask.</summary>
    /// <param name="channels">Its channels, at least one.</param>
    /// <param name="lanes">Where each channel becomes a lane.</param>
    /// <param name="next">Who takes the records in.</param>
    /// <param name="onAborted">Called when a checkpoint under way has been given up for a reason that the coordinator may not know.</param>
    /// <param name="inputs">The number of channels of each input, where it has several that are told apart; null for one.</param>
    /// <param name="time">The job's clock; null for the machine's.</param>
    public InputGate(
        Channel<T>[] channels,
        Lanes lanes,
        Receiver<T> next,
        Action<CheckpointId, AbortReason> onAborted,
        IReadOnlyList<int>? inputs = null,
        TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _channels = channels;
        _lanes = new ReceivedLanes(lanes, [.. channels.Select(channel => channel.Name)]);
        _next = next;
        _valve = new InputWatermarks(inputs ?? [channels.Length]);
        _aligner = new BarrierAligner(channels.Length);
        _inFlight = new InFlight<T>(channels.Length);
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

    public long? BarrierSince { get; private set; }

    public void Open() => _lanes.Open();

    public HeadStep Step(out Barrier barrier)
    {
        if (TakeOvertaking(out barrier))
        {
            return HeadStep.Barrier;
        }

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

    public HeadStep StepBarrier(out Barrier barrier)
    {
        if (TakeOvertaking(out barrier))
        {
            return HeadStep.Barrier;
        }

        for (var channel = 0; channel < _channels.Length; channel++)
        {
            if (!_aligner.IsBlocked(channel) && _channels[channel].TryPeek(out var next) && next.Kind == ElementKind.Barrier)
            {
                Invariant.Holds(_channels[channel].TryRead(out next), "what was seen in a channel is gone, but only this gate reads it");
                return Take(channel, next, out barrier);
            }
        }

        return HeadStep.Nothing;
    }

    public void OnForget(CheckpointId checkpoint)
    {
        if (_aligner.OnCancel(checkpoint) is { Aborted: { } older, Reason: AbortReason.Subsumed })
        {
            _onAborted(older, AbortReason.Subsumed);
        }

        _inFlight.OnForget(checkpoint);
    }

    /// <summary>Hands out what the barriers of a checkpoint overtook in the channels, once all of them have come.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="elements">Copies, in the order of each channel: part of the checkpoint, and to be taken in first after a
    /// restore.</param>
    /// <returns>Whether there is a checkpoint of which all is known. Once for each.</returns>
    public bool TryTakeInFlight(out CheckpointId checkpoint, out IReadOnlyList<InFlightElement<T>> elements) =>
        _inFlight.TryTake(out checkpoint, out elements);

    public void Dispose()
    {
    }

    private HeadStep Take(int channel, StreamElement<T> element, out Barrier barrier)
    {
        barrier = default;
        _inFlight.OnElement(channel, element);
        switch (element.Kind)
        {
            case ElementKind.Batch:
                var batch = element.Batch!;
                batch.Lane = _lanes.Of(channel, batch.Lane);
                _next.OnBatch(batch);
                _channels[channel].Return(batch);
                break;
            case ElementKind.Watermark:
                OnWatermark(channel, element.Watermark);
                break;
            case ElementKind.Notice:
                _lanes.Take(channel, (LaneNotice)element.Notice!);
                break;
            case ElementKind.Idle or ElementKind.Active:
                OnIdle(channel, element.Kind == ElementKind.Idle);
                break;
            case ElementKind.Barrier when _inFlight.Knows(element.Barrier.Checkpoint.Id):
                _inFlight.OnBarrier(channel, element.Barrier, [], out _);
                break;
            case ElementKind.Barrier:
                // A barrier of a checkpoint that is over decides nothing, and must not replace the newest.
                Note(element.Barrier);
                return Decide(_aligner.OnBarrier(channel, element.Barrier.Checkpoint.Id), out barrier);
            default:
                _inFlight.OnEnd(channel);
                return Decide(_aligner.OnEnd(channel), out barrier);
        }

        return HeadStep.Element;
    }

    private void Note(Barrier barrier)
    {
        if (barrier.Checkpoint.Id > _newest.Checkpoint.Id)
        {
            _newest = barrier;
            BarrierSince = _time.GetTimestamp();
        }
    }

    // Looks at each channel: what overtakes is not waited for behind anything else.
    private bool TakeOvertaking(out Barrier barrier)
    {
        for (var channel = 0; channel < _channels.Length; channel++)
        {
            while (_channels[channel].TryReadOvertaking(out barrier, out var overtaken))
            {
                if (OnOvertaking(channel, barrier, overtaken))
                {
                    return true;
                }
            }
        }

        barrier = default;
        return false;
    }

    private bool OnOvertaking(int channel, Barrier barrier, IReadOnlyList<StreamElement<T>> overtaken)
    {
        var checkpoint = barrier.Checkpoint.Id;
        if (checkpoint < _newest.Checkpoint.Id)
        {
            return false;
        }

        // Channels that had delivered it in line wait no longer, and nothing of them is in flight (F20).
        List<int> delivered = [.. Enumerable.Range(0, _channels.Length)
            .Where(other => checkpoint == _newest.Checkpoint.Id && _aligner.IsBlocked(other))];
        if (checkpoint == _newest.Checkpoint.Id && delivered.Count == 0 && !_inFlight.Knows(checkpoint))
        {
            // It has been taken, all barriers in line.
            return false;
        }

        if (_aligner.OnCancel(checkpoint) is { Aborted: { } older, Reason: AbortReason.Subsumed })
        {
            _onAborted(older, AbortReason.Subsumed);
        }

        Note(barrier);
        _newest = barrier;
        var isFirst = _inFlight.OnBarrier(channel, barrier, overtaken, out var aborted);
        foreach (var other in delivered)
        {
            _inFlight.OnBarrier(other, barrier, [], out _);
        }

        if (aborted is { } given)
        {
            _onAborted(given, AbortReason.Subsumed);
        }

        return isFirst;
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
            _lanes.End(channel);
        }

        Pass(_valve.OnWatermark(channel, watermark));
    }

    private void OnIdle(int channel, bool isIdle)
    {
        var wasIdle = _valve.IsIdle;
        _lanes.OnIdle(channel, isIdle);
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
