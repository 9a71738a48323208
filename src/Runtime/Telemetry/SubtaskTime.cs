namespace Weir;

/// <summary>How a subtask has spent its time. The three add up to the time since its first step.</summary>
/// <param name="Busy">In steps, and waiting for its turn on a thread.</param>
/// <param name="Backpressured">Waiting for others to take what it has: a full channel, a sink that is not ready.</param>
/// <param name="Idle">Waiting for records.</param>
public readonly record struct SubtaskTime(TimeSpan Busy, TimeSpan Backpressured, TimeSpan Idle)
{
    /// <summary>Adds.</summary>
    /// <param name="other">Another time.</param>
    /// <returns>The sum, state by state.</returns>
    public SubtaskTime Plus(SubtaskTime other) =>
        new(Busy + other.Busy, Backpressured + other.Backpressured, Idle + other.Idle);
}
