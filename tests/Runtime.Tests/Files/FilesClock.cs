namespace Weir.Runtime.Tests;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class FilesClock : TimeProvider
{
    public double Seconds { get; set; }

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => (long)(Seconds * 1000);
}
