namespace Weir.Runtime.Tests.Doubles;

/// <summary>A clock that stands until the test moves it: monotonic and wall time together, in microseconds since the Unix epoch.</summary>
internal sealed class SetClock : TimeProvider
{
    /// <summary>Gets or sets the time.</summary>
    public long Now { get; set; }

    public override long TimestampFrequency => EventTime.Second;

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMicroseconds(Now);
}
