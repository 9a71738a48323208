namespace Weir;

/// <summary>What an evictor sees besides the records.</summary>
/// <param name="Window">The window.</param>
/// <param name="Watermark">
/// The watermark in microseconds since the Unix epoch; <see cref="long.MinValue"/> while there is none.
/// </param>
/// <param name="ProcessingTime">The job's clock in microseconds since the Unix epoch.</param>
public readonly record struct EvictionContext(TimeWindow Window, long Watermark, long ProcessingTime);
