namespace Weir.Runtime.Time;

/// <summary>How far out of order the records of a lane may come: what its latest event time promises. Does not wrap around.</summary>
/// <param name="Most">In microseconds; not negative.</param>
internal readonly record struct Disorder(long Most)
{
    /// <summary>The watermark behind a latest event time (semantics E1).</summary>
    public long WatermarkOf(long latest) => latest < long.MinValue + Most + 1 ? long.MinValue : latest - Most - 1;

    /// <summary>The latest event time in front of a watermark; <see cref="long.MinValue"/> if there was none.</summary>
    public long LatestOf(long watermark) => watermark == long.MinValue ? watermark : watermark + Most + 1;
}
