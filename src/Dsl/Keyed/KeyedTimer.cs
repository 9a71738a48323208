namespace Weir;

/// <summary>A timer of the current key that has come due.</summary>
/// <param name="Name">What it was registered as; empty if nothing was said.</param>
/// <param name="Time">The time that it was registered for: microseconds since the Unix epoch.</param>
/// <param name="IsEventTime">Whether that is event time; processing time otherwise.</param>
public readonly record struct KeyedTimer(string Name, long Time, bool IsEventTime)
{
    /// <summary>Gets the time that it was registered for, as UTC.</summary>
    public DateTime At => EventTime.ToDateTime(Time);
}
