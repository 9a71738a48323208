using Weir.Runtime.Scheduling;
using Weir.Runtime.State.Timers;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <content>What fires windows besides records: watermarks and the clock, by timers.</content>
public sealed partial class TriggeredWindows<T, TKey, TAcc, TOut, TFunctor>
{
    // What timers are fired for, until all have been, and what came in behind that.
    private Watermark? _firing;
    private long? _firingClock;
    private readonly HeldInput<NoRecords> _input;

    /// <inheritdoc/>
    bool IStoppable<NoRecords>.IsStopped => IsStopped;

    private bool IsStopped => _fire.IsHeld || _firing is not null || _firingClock is not null;

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark) => _input.Add(watermark);

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle) => _input.Add(isIdle);

    /// <inheritdoc/>
    void IClockListener.OnClock(long now) => PassClock(now);

    /// <inheritdoc/>
    public void Resume()
    {
        if (!_outlets.TryDrain())
        {
            return;
        }

        if (_firingClock is { } now)
        {
            PassClock(now);
        }
        else if (_firing is { } firing)
        {
            Pass(firing);
        }

        _input.GoOn();
        if (!IsHeld)
        {
            _outlets.Flush();
        }
    }

    /// <inheritdoc/>
    void IStoppable<NoRecords>.Take(Watermark watermark)
    {
        if (_timers.Promised.TryCome(watermark))
        {
            _late.OnWatermark(watermark);
            Pass(watermark);
        }
    }

    /// <inheritdoc/>
    void IStoppable<NoRecords>.Take(bool isIdle)
    {
        _outlets.Flush();
        _outlets.Main.Next.OnIdle(isIdle);
    }

    // Fires the timers of a watermark, then passes it on; keeps its place if there is no room.
    private void Pass(Watermark watermark)
    {
        _timers.Now = null;
        while (_timers.Promised.Fires && _timers.Event.NextTime <= watermark.Time && _timers.Event.Count > 0)
        {
            if (!_subtask.Flow.MayMake())
            {
                _firing = watermark;
                return;
            }

            _timers.Event.TryTake(watermark.Time, out var timer);
            OnTimer(timer, isEvent: true);
            if (_fire.IsHeld)
            {
                _firing = watermark;
                return;
            }
        }

        _firing = null;
        _outlets.Flush();
        _outlets.Main.Next.OnWatermark(watermark);
    }

    private void PassClock(long now)
    {
        // Callbacks all see the time that they were called for.
        _timers.Now = now;
        while (_timers.Processing.NextTime <= now && _timers.Processing.Count > 0)
        {
            if (!_subtask.Flow.MayMake())
            {
                _firingClock = now;
                return;
            }

            _timers.Processing.TryTake(now, out var timer);
            OnTimer(timer, isEvent: false);
            if (_fire.IsHeld)
            {
                _firingClock = now;
                return;
            }
        }

        _firingClock = null;
        _timers.Now = null;
        _outlets.Flush();
    }

    private void OnTimer(Timer<TKey, TimeWindow> timer, bool isEvent)
    {
        _key = timer.Key;
        var window = timer.Namespace;
        var state = window;
        if (_merging is not null)
        {
            if (_merging.StateOf(_key, window) is not { } under)
            {
                // Of a window that has become part of another.
                return;
            }

            state = under;
        }

        var result = isEvent
            ? _trigger.OnEventTime(_key, window, timer.Time)
            : _trigger.OnProcessingTime(_key, window, timer.Time);
        var hasDeleted = _timers.HasDeleted;
        Obey(result, window, state);
        if (_life.IsEventTime == isEvent && timer.Time == _life.CleanupOf(window))
        {
            Forget(window, state);
        }
        else if (hasDeleted)
        {
            // A trigger that takes its timer of the end back has taken that of the cleanup with it: the window would stay for ever.
            RegisterCleanup(window);
        }
    }

    private void Forget(TimeWindow window, TimeWindow state)
    {
        _contents.Remove(_key!, state);
        _trigger.Clear(_key!, window);
        _function.Clear(_fire.Of(_key!, window, state));
        _changes?.Forget(_key!, state);
        _merging?.Retire(_key!, window);
    }
}
