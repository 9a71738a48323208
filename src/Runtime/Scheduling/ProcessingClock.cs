namespace Weir.Runtime.Scheduling;

/// <summary>Processing time as operators see it: microseconds since the Unix epoch, never going back within an attempt.</summary>
/// <remarks>
/// The wall clock is read once, when the attempt begins; from there on time is what the monotonic clock says has passed. So a wall clock
/// that is set an hour back and two forward changes no result; it counts from the next start on. Called by the subtask's thread.
/// </remarks>
internal sealed class ProcessingClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly long _startTime;

    /// <summary>Starts the clock.</summary>
    /// <param name="time">The job's clock.</param>
    public ProcessingClock(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _start = time.GetTimestamp();
        _startTime = EventTime.Of(time.GetUtcNow());
    }

    /// <summary>Gets the processing time now, in microseconds since the Unix epoch.</summary>
    public long Now => _startTime + EventTime.Of(_time.GetElapsedTime(_start));

    /// <summary>The moment at which this clock will say a time.</summary>
    /// <param name="time">Microseconds since the Unix epoch; <see cref="long.MaxValue"/> for never.</param>
    /// <returns>The moment.</returns>
    public Deadline DeadlineOf(long time)
    {
        var delay = (Int128)time - _startTime;
        return time == long.MaxValue || delay > TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond
            ? Deadline.Never
            : Deadline.After(_time, _start, new TimeSpan((long)Int128.Max(delay, 0) * TimeSpan.TicksPerMicrosecond));
    }
}
