namespace Weir;

/// <summary>What a checkpoint's time went into, at one subtask or at the slowest.</summary>
/// <param name="StartDelay">From the trigger until the first barrier came.</param>
/// <param name="Alignment">From the first barrier until the last, while inputs that had delivered theirs were held back.</param>
/// <param name="Sync">The pause in which operators put their state aside: nothing is processed meanwhile.</param>
/// <param name="Async">From the end of the pause until all is durable and sinks have pre-committed, beside the processing.</param>
public readonly record struct CheckpointPhases(TimeSpan StartDelay, TimeSpan Alignment, TimeSpan Sync, TimeSpan Async)
{
    /// <summary>Gets their sum: from the trigger to the acknowledgement.</summary>
    public TimeSpan Total => StartDelay + Alignment + Sync + Async;
}
