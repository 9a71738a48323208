namespace Weir.Runtime.Telemetry;

/// <summary>
/// How a subtask has spent its time, and since when its present step lasts. Written by its thread, read by anyone: what is read is
/// consistent.
/// </summary>
/// <remarks>
/// The three states are Flink's, and add up to the time since the first step. A subtask that waits for its turn on a thread counts as busy,
/// as one of Flink's does that waits for a core. Times are ticks of the clock's timestamps.
/// </remarks>
internal sealed class StepTimes
{
    private const long None = long.MinValue;

    private int _version;
    private long _busy;
    private long _backpressured;
    private long _idle;
    private long _last = None;
    private long _since = None;
    private SubtaskState _was;

    /// <summary>Gets the timestamp at which the present step began; null between steps.</summary>
    public long? Since => Volatile.Read(ref _since) is var since && since == None ? null : since;

    /// <summary>A step begins.</summary>
    /// <param name="now">The timestamp.</param>
    public void Begin(long now)
    {
        if (_last != None)
        {
            Add(_was, now);
        }

        _last = now;
        Volatile.Write(ref _since, now);
    }

    /// <summary>The step has ended.</summary>
    /// <param name="now">The timestamp.</param>
    /// <param name="state">What it found.</param>
    public void End(long now, SubtaskState state)
    {
        Volatile.Write(ref _since, None);
        Add(state, now);
    }

    /// <summary>The time so far.</summary>
    /// <param name="time">The clock of the timestamps.</param>
    /// <returns>How it was spent.</returns>
    public SubtaskTime Read(TimeProvider time)
    {
        while (true)
        {
            var version = Volatile.Read(ref _version);
            var (busy, backpressured, idle, last, was) = (_busy, _backpressured, _idle, _last, _was);
            Interlocked.MemoryBarrier();
            if ((version & 1) == 0 && version == Volatile.Read(ref _version))
            {
                // What has gone by since counts as what the last step found: a sleeper notes nothing.
                var open = last == None ? 0 : Math.Max(0, time.GetTimestamp() - last);
                return new SubtaskTime(
                    Of(busy + (was == SubtaskState.Busy ? open : 0)),
                    Of(backpressured + (was == SubtaskState.Backpressured ? open : 0)),
                    Of(idle + (was == SubtaskState.Idle ? open : 0)));
            }
        }

        TimeSpan Of(long ticks) => time.GetElapsedTime(0, ticks);
    }

    private void Add(SubtaskState state, long now)
    {
        Volatile.Write(ref _version, _version + 1);
        Interlocked.MemoryBarrier();
        var elapsed = now - _last;
        switch (state)
        {
            case SubtaskState.Busy:
                _busy += elapsed;
                break;
            case SubtaskState.Backpressured:
                _backpressured += elapsed;
                break;
            default:
                _idle += elapsed;
                break;
        }

        (_last, _was) = (now, state);
        Volatile.Write(ref _version, _version + 1);
    }
}
