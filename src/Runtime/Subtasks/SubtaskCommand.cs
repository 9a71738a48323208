namespace Weir.Runtime.Subtasks;

/// <summary>What the coordinator tells a subtask.</summary>
internal abstract record SubtaskCommand
{
    private SubtaskCommand()
    {
    }

    /// <summary>To subtasks with a source: cut the stream here, for this checkpoint.</summary>
    /// <param name="Barrier">The barrier. Behind a final one nothing is read, and nothing follows but the end of the stream.</param>
    public sealed record InjectBarrier(Barrier Barrier) : SubtaskCommand;

    /// <summary>
    /// To every subtask: the checkpoint exists; commit everything up to and including it. Best effort: may be lost, repeated, or come late.
    /// </summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    public sealed record Complete(CheckpointId Checkpoint) : SubtaskCommand;

    /// <summary>
    /// To every subtask: the checkpoint was given up, or was a savepoint of a job that goes on. Aborts nothing in sinks, commits nothing;
    /// gates stop waiting for its barriers.
    /// </summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    public sealed record Forget(CheckpointId Checkpoint) : SubtaskCommand;
}
