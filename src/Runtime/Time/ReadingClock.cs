using Weir.Runtime.Scheduling;

namespace Weir.Runtime.Time;

/// <summary>Processing time without the times in which the subtask could not read: its output was held up, or its rate limited.</summary>
/// <remarks>An input is silent only while it could have spoken. Costs nothing until somebody asks for it.</remarks>
/// <param name="clock">The processing time of the subtask.</param>
internal sealed class ReadingClock(ProcessingClock clock)
{
    private long _paused;
    private long _pausedAt;
    private bool _isPaused;

    /// <summary>Gets or sets a value indicating whether anybody measures by it.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Gets the time, in microseconds; only differences of it mean anything.</summary>
    public long Now => (_isPaused ? _pausedAt : clock.Now) - _paused;

    /// <summary>The subtask cannot read from now on.</summary>
    public void Pause()
    {
        if (IsUsed && !_isPaused)
        {
            _isPaused = true;
            _pausedAt = clock.Now;
        }
    }

    /// <summary>The subtask can read again.</summary>
    public void Resume()
    {
        if (_isPaused)
        {
            _isPaused = false;
            _paused += clock.Now - _pausedAt;
        }
    }

    /// <summary>When this clock will say a time, if it is not paused until then.</summary>
    /// <param name="time">A time of this clock; <see cref="long.MaxValue"/> for never.</param>
    /// <returns>The processing time.</returns>
    public long ProcessingTimeOf(long time) => time == long.MaxValue ? time : time + _paused;
}
