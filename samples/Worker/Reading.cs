namespace Worker;

/// <summary>What the sensor measured.</summary>
/// <param name="Number">Counts its readings, from 0.</param>
/// <param name="Celsius">Degrees.</param>
internal sealed record Reading(long Number, long Celsius);
