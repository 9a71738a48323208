using Weir.Runtime.Channels;
using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Subtasks;

/// <content>Barriers: taken while output is full, and cut.</content>
internal sealed partial class Subtask
{
    // A barrier needs no room: it is kept behind what waits to be sent, and the snapshot need not wait for slower subtasks. Nor does what
    // is held in front of a barrier that overtakes, within bounds: it becomes part of what is in flight.
    private StepResult TakeBarrier(bool isProgress)
    {
        var now = _time.GetTimestamp();
        if (_flow.IsHeld)
        {
            var mayMake = _sinks.MayWrite && _outputs.Load.Bytes < 2 * _mostHeldBytes && IsBarrierDue(now);
            return mayMake ? GoOn(isProgress) : Waiting(isProgress);
        }

        if (_uncut.Next is { } next && next.OvertakesAt <= now)
        {
            return CutWaiting() ? StepResult.Progress : Waiting(isProgress);
        }

        var taken = _head.StepBarrier(now, out var barrier);
        if (taken == HeadStep.Barrier)
        {
            Cut(barrier);
        }

        return Waiting(isProgress || taken != HeadStep.Nothing);
    }

    private bool IsBarrierDue(long now) => (_uncut.Next is { } next && next.OvertakesAt <= now) || _head.IsBarrierDue(now);

    private void Cut(Barrier barrier)
    {
        var checkpoint = barrier.Checkpoint.Id;
        if (checkpoint <= _newest)
        {
            return;
        }

        _newest = checkpoint;
        _hasTakenIn = false;
        var now = _time.GetTimestamp();
        var came = _head.BarrierSince ?? now;
        _head.OnCut(checkpoint);
        _outputs.OnBarrier(barrier);

        _snapshots.Begin(barrier, _time.GetElapsedTime(barrier.TriggeredAt, came), _time.GetElapsedTime(came, now), now);
        _sinks.OnBarrier(barrier);
        _snapshots.GoOn(_time.GetTimestamp());

        if (barrier.IsFinal)
        {
            _final ??= checkpoint;
        }

        Acknowledge();
    }
}
