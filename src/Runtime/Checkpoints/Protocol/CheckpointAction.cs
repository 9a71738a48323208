using System.Collections.Immutable;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>What the coordinator must do next. Carried out by the shell, in order.</summary>
internal abstract record CheckpointAction
{
    private CheckpointAction()
    {
    }

    /// <summary>Sources cut the stream.</summary>
    public sealed record InjectBarriers(CheckpointId Checkpoint, bool IsFinal) : CheckpointAction;

    /// <summary>The arbiter decides for the checkpoint, with its manifest.</summary>
    public sealed record Decide(CheckpointId Checkpoint) : CheckpointAction;

    /// <summary>The store is asked whether the checkpoint exists.</summary>
    public sealed record AskOutcome(CheckpointId Checkpoint, string Reason) : CheckpointAction;

    /// <summary>The checkpoint exists: all are told, its predecessors beyond the retained number are deleted.</summary>
    public sealed record Complete(CheckpointId Checkpoint, bool IsFinal) : CheckpointAction;

    /// <summary>
    /// The checkpoint is given up: its snapshots are dropped and gates stop waiting for its barriers. Sinks abort nothing.
    /// </summary>
    public sealed record Forget(CheckpointId Checkpoint, CheckpointFailureReason Why, string Reason) : CheckpointAction;

    /// <summary>The subtasks are told once more that the checkpoint exists.</summary>
    public sealed record Remind(CheckpointId Checkpoint, ImmutableSortedSet<SubtaskId> Subtasks) : CheckpointAction;

    /// <summary>The attempt ends here and recovers: whatever is open is settled by what the store holds then.</summary>
    public sealed record FailAttempt(string Reason) : CheckpointAction;

    /// <summary>Everything is committed: the job is done.</summary>
    public sealed record Finish : CheckpointAction;
}
