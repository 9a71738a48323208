namespace Weir.Testing;

/// <summary>
/// Virtual time: it stands still until a test advances it. Timers fire within <see cref="Advance"/>, on the caller's thread.
/// </summary>
/// <remarks>Not thread-safe: it belongs to the one thread of a simulation.</remarks>
public sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<SimulatedTimer, (long Due, long Order)> _timers = new();
    private long _order;
    private TimeSpan _utcShift;

    /// <summary>Gets the time since the start.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Gets the time until the next timer fires; null if none will.</summary>
    public TimeSpan? NextTimer
    {
        get
        {
            while (_timers.TryPeek(out var timer, out var next) && !timer.IsValid(next.Order))
            {
                _timers.Dequeue();
            }

            return _timers.TryPeek(out _, out var first) ? TimeSpan.FromTicks(Math.Max(0, first.Due - Elapsed.Ticks)) : null;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + Elapsed + _utcShift;

    /// <inheritdoc/>
    public override long GetTimestamp() => Elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Advances the clock and fires the timers that come due, in the order of their times.</summary>
    /// <param name="by">How far; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = Elapsed + by;
        while (_timers.TryPeek(out _, out var next) && next.Due <= until.Ticks)
        {
            var timer = _timers.Dequeue();
            Elapsed = new TimeSpan(Math.Max(Elapsed.Ticks, next.Due));
            timer.Fire(next.Order);
        }

        Elapsed = until;
    }

    /// <summary>
    /// Sets the clock that <see cref="GetUtcNow"/> reads forward or back, as an operator or a time server does. Timestamps and timers do
    /// not notice.
    /// </summary>
    /// <param name="by">How far; negative for back.</param>
    public void JumpUtc(TimeSpan by) => _utcShift += by;

    /// <summary>Advances the clock to the next timer and fires it; by a second if there is none.</summary>
    internal void AdvanceToNextTimer() =>
        Advance(_timers.TryPeek(out _, out var next) ? new TimeSpan(Math.Max(0, next.Due - Elapsed.Ticks)) : TimeSpan.FromSeconds(1));

    private long Schedule(SimulatedTimer timer, TimeSpan dueIn)
    {
        _timers.Enqueue(timer, (Elapsed.Ticks + dueIn.Ticks, ++_order));
        return _order;
    }

    private sealed class SimulatedTimer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        // An entry of the queue counts only if it is the timer's newest: changing a timer leaves the old one behind.
        private long _valid;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed)
            {
                return false;
            }

            _period = period;
            _valid = dueTime == Timeout.InfiniteTimeSpan ? 0 : time.Schedule(this, dueTime);
            return true;
        }

        public bool IsValid(long order) => !_isDisposed && order == _valid;

        public void Fire(long order)
        {
            if (!IsValid(order))
            {
                return;
            }

            _valid = _period > TimeSpan.Zero ? time.Schedule(this, _period) : 0;
            callback(state);
        }

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
