namespace Weir.Testing.Scheduling;

/// <summary>
/// The clock as one simulated process sees it: its timers fire in its own turns, and not at all while it stands still or is dead.
/// </summary>
/// <param name="time">The clock of the machine.</param>
/// <param name="post">Takes what a timer calls, for a later turn of the process.</param>
internal sealed class ProcessTime(TimeProvider time, Action<Action> post) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(_ => post(() => callback(state)), null, dueTime, period);
}
