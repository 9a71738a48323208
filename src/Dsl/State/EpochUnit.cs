namespace Weir;

/// <summary>What a number since the Unix epoch counts.</summary>
public enum EpochUnit
{
    /// <summary>Seconds: 1772323199 is 2026-02-28T23:59:59Z.</summary>
    Seconds,

    /// <summary>Milliseconds, as in JavaScript and Java.</summary>
    Milliseconds,

    /// <summary>Microseconds, as in Weir's own event times.</summary>
    Microseconds,

    /// <summary>Nanoseconds, as in Go and InfluxDB; cut to 100 ns.</summary>
    Nanoseconds,
}
