namespace Weir.Runtime.Tests.Running;

/// <summary>A clock whose wall time somebody sets, while its monotonic time goes on as it did.</summary>
/// <param name="inner">The clock that is right.</param>
internal sealed class JumpingClock(TimeProvider inner) : TimeProvider
{
    /// <summary>Gets or sets by how much the wall clock is wrong.</summary>
    public TimeSpan Error { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Error;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
