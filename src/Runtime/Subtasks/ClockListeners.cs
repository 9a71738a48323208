using Weir.Runtime.Scheduling;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Subtasks;

/// <summary>The operators of one subtask that wait for a time of the clock.</summary>
internal sealed class ClockListeners(IClockListener[] listeners, ProcessingClock clock, Flow flow)
{
    /// <summary>Gets when the first of them wants to be called.</summary>
    public Deadline Next => clock.DeadlineOf(NextDeadline());

    /// <summary>
    /// Calls those whose time has come: that goes before what comes in. The clock is read only while somebody waits for it.
    /// </summary>
    /// <returns>Whether there was one.</returns>
    public bool Run()
    {
        if (NextDeadline() is var next && next == long.MaxValue)
        {
            return false;
        }

        var now = clock.Now;
        if (now < next)
        {
            return false;
        }

        foreach (var listener in listeners)
        {
            // What one of them puts out may stop somebody in the middle: the others come when that is done.
            if (listener.NextDeadline <= now && !flow.IsHeld)
            {
                listener.OnClock(now);
            }
        }

        return true;
    }

    private long NextDeadline()
    {
        var next = long.MaxValue;
        foreach (var listener in listeners)
        {
            next = Math.Min(next, listener.NextDeadline);
        }

        return next;
    }
}
