using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Channels;

/// <summary>
/// Merges the channels of a subtask: reads them in turn, combines their watermarks, aligns their barriers or has them overtake.
/// </summary>
/// <remarks>
/// What a checkpoint held in flight comes first (<see cref="Replay{T}"/>). Then channels are read, each up to the mark that all of it is
/// through, and then all go on: so nothing new comes in front of what was in flight anywhere before.
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
internal sealed partial class InputGate<T> : IHead, IInFlight
{
    private readonly GateParts<T> _parts;
    private readonly Channel<T>[] _channels;
    private readonly Receiver<T> _next;
    private readonly ReceivedLanes _lanes;
    private readonly InputWatermarks _valve;
    private readonly BarrierAligner _aligner;
    private readonly InFlight<T> _inFlight;
    private readonly bool[] _isInLine;
    private readonly bool[] _hasCaughtUp;
    private Replay<T>? _replay;
    private bool _isCatchingUp;
    private Watermark _passed = Watermark.None;
    private Barrier _newest;
    private ReadOnlyMemory<byte> _stateAtCut;

    // Since the last cut: barriers that overtake one after the other must not keep everything else from being read.
    private bool _hasTakenIn = true;
    private int _turn;

    /// <summary>Makes the gate of one subtask.</summary>
    /// <param name="parts">What it is put together from.</param>
    public InputGate(GateParts<T> parts)
    {
        _parts = parts;
        _channels = [.. parts.Edges.SelectMany(edge => edge.Channels)];
        _isInLine = [.. parts.Edges.SelectMany(edge => edge.Channels.Select(_ => edge.IsInLine))];
        _hasCaughtUp = new bool[_channels.Length];
        _lanes = new ReceivedLanes(parts.Lanes, [.. _channels.Select(channel => channel.Name)]);
        _next = parts.Next;
        _valve = new InputWatermarks(parts.AreApart ? [.. parts.Edges.Select(edge => edge.Channels.Length)] : [_channels.Length]);
        _aligner = new BarrierAligner(_channels.Length, blocks: parts.Blocks);
        _inFlight = new InFlight<T>(_channels);
        _isCatchingUp = parts.CatchesUp;
    }

    public string Id => InFlightIds.Received(_parts.Head);

    public IReadOnlyList<SchemaMember> Schemas => [InFlightFormat<T>.Schema];

    public IReadOnlyList<string> Edges => [.. _parts.Edges.Select(edge => edge.Name)];

    IInFlight? IHead.InFlight => this;

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

    public void Restore(RestoredInFlight stored) => _replay = Replay<T>.Of(stored, _parts);

    public void Open()
    {
        // With other senders nobody knows yet what the new ones promise: that holds the watermark back meanwhile.
        if (_replay is not { IsOfSameShape: true })
        {
            _lanes.Open();
        }

        _replay?.Open();
    }

    public HeadStep Step(long now, out Barrier barrier)
    {
        barrier = default;
        if (_replay is not null)
        {
            StepReplay();
            return HeadStep.Element;
        }

        if (_hasTakenIn && TryTakeBarrier(now, out barrier))
        {
            return HeadStep.Barrier;
        }

        _inFlight.Copy();
        for (var i = 0; i < _channels.Length; i++)
        {
            var channel = _turn;
            _turn = _turn + 1 == _channels.Length ? 0 : _turn + 1;
            if (MayRead(channel) && _channels[channel].TryRead(out var element))
            {
                _hasTakenIn = true;
                return Take(channel, element, out barrier);
            }
        }

        return TryTakeBarrier(now, out barrier) ? HeadStep.Barrier : HeadStep.Nothing;
    }

    public void OnCut(CheckpointId checkpoint) => _hasTakenIn = false;

    public HeadStep StepBarrier(long now, out Barrier barrier)
    {
        barrier = default;
        return _replay is null && TryTakeBarrier(now, out barrier) ? HeadStep.Barrier : HeadStep.Nothing;
    }

    public bool IsBarrierDue(long now)
    {
        if (_replay is not null || _isCatchingUp)
        {
            return false;
        }

        for (var channel = 0; channel < _channels.Length; channel++)
        {
            if (!_aligner.HasDelivered(channel) && _channels[channel].Barrier is { Barrier: var next } && next.OvertakesAt <= now
                && !_aligner.IsOver(next.Checkpoint.Id))
            {
                return true;
            }
        }

        return _aligner.Pending is not null && _newest.OvertakesAt <= now;
    }

    public long OvertakesAt
    {
        get
        {
            var next = _aligner.Pending is not null ? _newest.OvertakesAt : Barrier.Never;
            for (var channel = 0; channel < _channels.Length && _replay is null && !_isCatchingUp; channel++)
            {
                if (_channels[channel].Barrier is { Barrier: var waiting } && !_aligner.IsOver(waiting.Checkpoint.Id))
                {
                    next = Math.Min(next, waiting.OvertakesAt);
                }
            }

            return next;
        }
    }

    public void OnForget(CheckpointId checkpoint)
    {
        _aligner.OnCancel(checkpoint);
        _inFlight.OnForget(checkpoint);
    }

    /// <summary>Hands out what the barriers of a checkpoint overtook in the channels, once all of them have come.</summary>
    /// <param name="elements">Copies, in the order of each channel: part of the checkpoint, and to be taken in first after a
    /// restore.</param>
    /// <returns>Whether there is a checkpoint of which all is known. Once for each.</returns>
    public bool TryTakeInFlight(out IReadOnlyList<InFlightElement<T>> elements)
    {
        elements = [];
        return _inFlight.IsPending && _inFlight.TryTake(_inFlight.Current, out elements);
    }

    public void Begin(Barrier barrier)
    {
    }

    public bool TrySnapshot(Barrier barrier, long now, OperatorStateWriter writer)
    {
        // Also while nothing may be taken in: a sink may wait for this checkpoint's decision.
        TakeBarriersOfCut();
        if (!_inFlight.TryTake(barrier.Checkpoint.Id, out var elements))
        {
            return false;
        }

        var state = barrier.Checkpoint.Id == _inFlight.Current ? _stateAtCut : default;
        var first = 0;
        var counts = new List<(string, int)>();
        foreach (var edge in _parts.Edges)
        {
            var (from, to) = (first, first += edge.Channels.Length);
            counts.Add((edge.Name, elements.Count(element => element.Channel >= from && element.Channel < to)));
        }

        InFlightFormat<T>.Write(new InFlightMark(state, counts), elements, writer);
        return true;
    }

    public void Dispose()
    {
    }

    private bool MayRead(int channel) => !_aligner.IsBlocked(channel) && !(_isCatchingUp && _hasCaughtUp[channel]);

    private void StepReplay()
    {
        if (_replay!.Step())
        {
            return;
        }

        // First what holds the watermark back, then what lets go of it.
        if (_replay.IsOfSameShape)
        {
            _lanes.Open();
        }

        _passed = _replay.End();
        _replay = null;
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
            case ElementKind.CaughtUp:
                _hasCaughtUp[channel] = true;
                return HasCaughtUp();
            default:
                _inFlight.OnEnd(channel);
                _hasCaughtUp[channel] = true;
                return Decide(_aligner.OnEnd(channel), out barrier) ? HeadStep.Barrier : HasCaughtUp();
        }

        return HeadStep.Element;
    }

    private HeadStep HasCaughtUp()
    {
        if (!_isCatchingUp || Array.IndexOf(_hasCaughtUp, false) >= 0)
        {
            return HeadStep.Element;
        }

        _isCatchingUp = false;
        return HeadStep.CaughtUp;
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

    // What a replay has promised stands.
    private void Pass(Watermark? watermark)
    {
        if (watermark is { } advanced && advanced > _passed)
        {
            _passed = advanced;
            _next.OnWatermark(advanced);
        }
    }
}
