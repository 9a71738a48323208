namespace Weir;

/// <summary>What a trigger sees and may do: for one key and window, for the duration of one call.</summary>
/// <remarks>
/// Timers are a set (semantics R9): the same time registered twice calls once. One at or before the watermark calls with the next
/// watermark. They belong to the window, and are part of checkpoints.
/// </remarks>
public abstract class TriggerContext
{
    /// <summary>Gets the window.</summary>
    public abstract TimeWindow Window { get; }

    /// <summary>
    /// Gets the watermark in microseconds since the Unix epoch; <see cref="long.MinValue"/> while there is none.
    /// </summary>
    public abstract long Watermark { get; }

    /// <summary>Gets the job's clock in microseconds since the Unix epoch.</summary>
    public abstract long ProcessingTime { get; }

    /// <summary>Asks for a call of <see cref="Trigger{T, TState}.OnEventTime"/>, when the watermark reaches a time.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    public abstract void RegisterEventTimer(long time);

    /// <summary>Asks for a call of <see cref="Trigger{T, TState}.OnProcessingTime"/>, when the clock reaches a time.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    public abstract void RegisterProcessingTimer(long time);

    /// <summary>Takes back the timer of exactly this time. Nothing happens if there is none.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    public abstract void DeleteEventTimer(long time);

    /// <summary>Takes back the timer of exactly this time. Nothing happens if there is none.</summary>
    /// <param name="time">Microseconds since the Unix epoch.</param>
    public abstract void DeleteProcessingTimer(long time);
}
