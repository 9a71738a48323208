namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>When the next periodic checkpoint is due. Times are since the attempt's start.</summary>
/// <remarks>The pause counts from the end of the last checkpoint, well or badly; an interval that was missed is not made up for.</remarks>
/// <param name="Interval">From the start of one to that of the next; null for none.</param>
/// <param name="MinPause">From the end of one to the start of the next, at least.</param>
internal sealed record CheckpointSchedule(TimeSpan? Interval, TimeSpan MinPause)
{
    public TimeSpan LastBegun { get; init; }

    public TimeSpan? LastEnded { get; init; }

    /// <summary>Gets when the next one is due; null for never.</summary>
    public TimeSpan? DueAt => Interval is not { } interval ? null
        : LastEnded is { } ended && Later(ended, MinPause) > Later(LastBegun, interval) ? Later(ended, MinPause)
        : Later(LastBegun, interval);

    public bool IsDue(TimeSpan now) => DueAt is { } due && now >= due;

    private static TimeSpan Later(TimeSpan from, TimeSpan by) => by > TimeSpan.MaxValue - from ? TimeSpan.MaxValue : from + by;
}
