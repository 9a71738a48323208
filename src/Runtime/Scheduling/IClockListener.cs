namespace Weir.Runtime.Scheduling;

/// <summary>An operator that waits for a processing time: a timer, a time-out, a rate.</summary>
/// <remarks>
/// Its subtask calls it, on its own thread and between batches, when the time has come; only while output is taken, so that what a timer
/// emits has room. The order within a subtask is that of the chain, from the source on.
/// </remarks>
internal interface IClockListener
{
    /// <summary>
    /// Gets the earliest processing time at which it wants to be called, in microseconds since the Unix epoch by the subtask's
    /// <see cref="ProcessingClock"/>; <see cref="long.MaxValue"/> for never. Asked between any two batches: it must cost nothing.
    /// </summary>
    long NextDeadline { get; }

    /// <summary>The time has come: does what is due, and moves <see cref="NextDeadline"/> beyond now.</summary>
    /// <param name="now">The processing time, at or after the deadline.</param>
    void OnClock(long now);
}
