namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>When the next periodic checkpoint is due. Times are since the attempt's start.</summary>
/// <remarks>
/// <para>The pause counts from the end of the last checkpoint, well or badly; an interval that was missed is not made up for.</para>
/// <para>A job whose sinks take nothing between a barrier and its decision would get on by one batch a checkpoint if each followed the last
/// one at once. The pause is therefore at least half as long as the last one took, but no longer than an interval.</para>
/// </remarks>
/// <param name="Interval">From the start of one to that of the next; null for none.</param>
/// <param name="MinPause">From the end of one to the start of the next, at least.</param>
internal sealed record CheckpointSchedule(TimeSpan? Interval, TimeSpan MinPause)
{
    public TimeSpan LastBegun { get; init; }

    public TimeSpan? LastEnded { get; init; }

    public TimeSpan LastTook { get; init; }

    /// <summary>Gets when the next one is due; null for never.</summary>
    public TimeSpan? DueAt => Interval is not { } interval ? null
        : LastEnded is { } ended && Later(ended, Pause(interval)) > Later(LastBegun, interval) ? Later(ended, Pause(interval))
        : Later(LastBegun, interval);

    public bool IsDue(TimeSpan now) => DueAt is { } due && now >= due;

    private TimeSpan Pause(TimeSpan interval)
    {
        var half = LastTook / 2 < interval ? LastTook / 2 : interval;
        return half > MinPause ? half : MinPause;
    }

    private static TimeSpan Later(TimeSpan from, TimeSpan by) => by > TimeSpan.MaxValue - from ? TimeSpan.MaxValue : from + by;
}
