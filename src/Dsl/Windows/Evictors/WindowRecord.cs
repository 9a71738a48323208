namespace Weir;

/// <summary>A record of a window with its event time.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="Value">The record.</param>
/// <param name="Time">Microseconds since the Unix epoch; <see cref="long.MinValue"/> if it has none.</param>
public readonly record struct WindowRecord<T>(T Value, long Time)
{
    /// <summary>Gets the number of its arrival: so that windows that become one have their records in that order.</summary>
    internal long Arrival { get; init; }
}
