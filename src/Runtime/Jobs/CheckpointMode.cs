namespace Weir;

/// <summary>How barriers go through a job, and so what a checkpoint holds and whom it holds up.</summary>
public enum CheckpointMode
{
    /// <summary>
    /// Aligned, and exactly once: a subtask waits with an input whose barrier has come until the barriers of all others have. Checkpoints
    /// are as small as they can be, and take as long as the queues need to drain.
    /// </summary>
    ExactlyOnce,

    /// <summary>
    /// Unaligned, and exactly once: barriers overtake the records that wait, and what they overtake becomes part of the checkpoint. Under
    /// backpressure checkpoints are quick, and larger. See <see cref="JobOptions.AlignedCheckpointTimeout"/>.
    /// </summary>
    Unaligned,

    /// <summary>
    /// At least once: no input waits. Records that come behind the barrier of one input, before the barriers of all others, count twice
    /// after a failure. <see cref="Guarantee.ExactlyOnce"/> refuses it.
    /// </summary>
    AtLeastOnce,
}
