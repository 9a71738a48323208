namespace Weir.Runtime.Operators.Sources;

/// <summary>
/// Lets records pass at a rate. What was not used within a second is forfeited, so that a stall is not followed by a flood.
/// </summary>
/// <param name="recordsPerSecond">The rate; 0 for no limit.</param>
/// <param name="time">The clock.</param>
internal struct RateLimiter(double recordsPerSecond, TimeProvider time)
{
    private double _credit;
    private long? _last;

    /// <summary>Gets how many records a batch should hold at most, so that the rate looks even: a hundredth of a second's.</summary>
    public readonly int BatchCapacity(int most) =>
        recordsPerSecond > 0 ? (int)Math.Clamp(recordsPerSecond / 100, 1, most) : most;

    /// <summary>Whether a batch may be read now.</summary>
    public bool MayRead()
    {
        if (recordsPerSecond <= 0)
        {
            return true;
        }

        var now = time.GetTimestamp();
        if (_last is { } last)
        {
            _credit = Math.Min(_credit + (time.GetElapsedTime(last, now).TotalSeconds * recordsPerSecond), recordsPerSecond);
        }

        _last = now;
        return _credit >= 0;
    }

    /// <summary>Gets how long it is until a batch may be read, as of the last look.</summary>
    public readonly TimeSpan Wait =>
        _credit < 0 ? TimeSpan.FromTicks((long)Math.Ceiling(-_credit / recordsPerSecond * TimeSpan.TicksPerSecond)) : TimeSpan.Zero;

    /// <summary>Notes what was read. The rate is kept by waiting afterwards.</summary>
    public void Count(int records) => _credit -= records;
}
