namespace Weir.Runtime.Channels;

/// <content>Which barrier is taken when: in its place, or before.</content>
internal sealed partial class InputGate<T>
{
    // Looks at each channel: what may overtake is not waited for behind anything else.
    private bool TryTakeBarrier(long now, out Barrier barrier)
    {
        barrier = default;
        if (_isCatchingUp)
        {
            return false;
        }

        var isAny = _aligner.Pending is not null;
        for (var channel = 0; channel < _channels.Length; channel++)
        {
            while (_channels[channel].Barrier is { } next)
            {
                isAny = true;
                if (!TryTakeFrom(channel, next, now, out var isCut, out barrier))
                {
                    break;
                }

                if (isCut)
                {
                    return true;
                }
            }
        }

        return isAny && TryOvertake(now, out barrier);
    }

    // A barrier of a cut that is made, or one that has come to its place.
    private bool TryTakeFrom(int channel, SentBarrier next, long now, out bool isCut, out Barrier barrier)
    {
        (isCut, barrier) = (false, default);
        var checkpoint = next.Barrier.Checkpoint.Id;
        if (_inFlight.IsPending && checkpoint == _inFlight.Current)
        {
            _channels[channel].TakeBarrier();
            _inFlight.OnBarrier(channel, next);
            return true;
        }

        if (_aligner.IsOver(checkpoint))
        {
            _channels[channel].TakeBarrier();
            return true;
        }

        if (_aligner.HasDelivered(channel) || (_inFlight.IsPending && _inFlight.HasDelivered(channel))
            || !_channels[channel].HasArrived(next))
        {
            return false;
        }

        _channels[channel].TakeBarrier();
        GiveUpOlder(checkpoint);
        Note(next.Barrier, now);
        isCut = Decide(_aligner.OnBarrier(channel, checkpoint), out barrier);
        return true;
    }

    // Takes a checkpoint for which some barrier may overtake by now, unless one that may not has yet to come.
    private bool TryOvertake(long now, out Barrier barrier)
    {
        barrier = _aligner.Pending is not null && _newest.OvertakesAt <= now ? _newest : default;
        for (var channel = 0; channel < _channels.Length; channel++)
        {
            if (!_aligner.HasDelivered(channel) && !(_inFlight.IsPending && _inFlight.HasDelivered(channel))
                && _channels[channel].Barrier is { } next && next.Barrier.OvertakesAt <= now
                && !_aligner.IsOver(next.Barrier.Checkpoint.Id) && next.Barrier.Checkpoint.Id > barrier.Checkpoint.Id)
            {
                barrier = next.Barrier;
            }
        }

        return barrier != default && AreInLineThere(barrier.Checkpoint.Id) && Overtake(barrier, now);
    }

    private bool AreInLineThere(CheckpointId checkpoint)
    {
        for (var channel = 0; channel < _channels.Length; channel++)
        {
            if (_isInLine[channel] && !_aligner.HasEnded(channel)
                && !(_aligner.Pending == checkpoint && _aligner.HasDelivered(channel)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Overtake(Barrier barrier, long now)
    {
        var checkpoint = barrier.Checkpoint.Id;
        GiveUpOlder(checkpoint);
        bool[] delivered = [.. _channels.Select((_, channel) => _aligner.Pending == checkpoint && _aligner.HasDelivered(channel))];
        Note(barrier, now);
        if (_aligner.Release(checkpoint) is { } aborted)
        {
            _parts.OnAborted(aborted, AbortReason.Subsumed);
        }

        Cut(checkpoint, channel => delivered[channel]);
        TakeBarriersOfCut();
        return true;
    }

    private void TakeBarriersOfCut()
    {
        for (var channel = 0; _inFlight.IsPending && channel < _channels.Length; channel++)
        {
            while (_channels[channel].Barrier is { } next && next.Barrier.Checkpoint.Id <= _inFlight.Current)
            {
                _channels[channel].TakeBarrier();
                if (next.Barrier.Checkpoint.Id == _inFlight.Current)
                {
                    _inFlight.OnBarrier(channel, next);
                }
            }
        }
    }

    private void Note(Barrier barrier, long now)
    {
        if (barrier.Checkpoint.Id > _newest.Checkpoint.Id)
        {
            _newest = barrier;
            BarrierSince = now;
        }
        else if (barrier.Checkpoint == _newest.Checkpoint && barrier.OvertakesAt < _newest.OvertakesAt)
        {
            // Those of edges behind a broadcast stay in line. If one of the others may overtake, its sender may have kept records for the
            // cut.
            _newest = barrier;
        }
    }

    private void GiveUpOlder(CheckpointId checkpoint)
    {
        if (_inFlight.IsPending && checkpoint > _inFlight.Current)
        {
            _parts.OnAborted(_inFlight.Current, AbortReason.Subsumed);
            _inFlight.OnForget(_inFlight.Current);
        }
    }

    private bool Decide(AlignerDecision decision, out Barrier barrier)
    {
        if (decision.Aborted is { } aborted)
        {
            _parts.OnAborted(aborted, decision.Reason);
        }

        barrier = _newest;
        if (decision.Taken is { } taken && _newest.MayOvertake)
        {
            // In line everywhere. Something may be in flight all the same: what senders kept.
            Cut(taken, _ => true);
        }

        return decision.Taken is not null;
    }

    private void Cut(CheckpointId checkpoint, Func<int, bool> hasDelivered)
    {
        _stateAtCut = GateState.Write(_parts.Channels, _lanes, _valve);
        _inFlight.Begin(checkpoint, hasDelivered);
    }
}
