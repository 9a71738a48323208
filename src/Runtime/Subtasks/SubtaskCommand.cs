namespace Weir.Runtime.Subtasks;

/// <summary>What the coordinator tells a subtask.</summary>
internal abstract record SubtaskCommand
{
    private SubtaskCommand()
    {
    }

    /// <summary>To subtasks with a source: cut the stream here, for this checkpoint.</summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    /// <param name="IsFinal">All sources are at their end: nothing follows this barrier but the end of the stream.</param>
    public sealed record InjectBarrier(CheckpointName Checkpoint, bool IsFinal) : SubtaskCommand;

    /// <summary>
    /// To every subtask: the checkpoint exists; commit everything up to and including it. Best effort: may be lost, repeated, or come late.
    /// </summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    public sealed record Complete(CheckpointId Checkpoint) : SubtaskCommand;

    /// <summary>To every subtask: the checkpoint was given up. Aborts nothing in sinks; gates stop waiting for its barriers.</summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    public sealed record Forget(CheckpointId Checkpoint) : SubtaskCommand;
}
