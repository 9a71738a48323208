using System.Collections.Immutable;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>What the coordinator must do next. Carried out by the shell, in order.</summary>
internal abstract record CheckpointAction
{
    private CheckpointAction()
    {
    }

    /// <summary>Sources cut the stream; those that are not at their end stop behind a final one.</summary>
    public sealed record InjectBarriers(CheckpointId Checkpoint, bool IsFinal) : CheckpointAction
    {
        /// <summary>Gets why it is taken.</summary>
        public CheckpointKind Kind { get; init; }

        /// <summary>Gets a value indicating whether all sources had ended.</summary>
        public bool IsEnd { get; init; }

        /// <summary>Gets the requests that it answers.</summary>
        public ImmutableArray<long> Requests { get; init; } = [];
    }

    /// <summary>A request is answered by a checkpoint that is under way or exists: it covers all that the request asks for.</summary>
    public sealed record Join(long Request, CheckpointId Checkpoint) : CheckpointAction;

    /// <summary>A request is not carried out.</summary>
    public sealed record Refuse(long Request, string Reason) : CheckpointAction;

    /// <summary>The savepoint is written: a copy of what subtasks have acknowledged. Asks no arbiter.</summary>
    public sealed record Save(CheckpointId Checkpoint) : CheckpointAction;

    /// <summary>The savepoint exists: whoever asked is told, and subtasks that nothing is decided by it.</summary>
    public sealed record Saved(CheckpointId Checkpoint) : CheckpointAction;

    /// <summary>The arbiter decides for the checkpoint, with its manifest.</summary>
    public sealed record Decide(CheckpointId Checkpoint) : CheckpointAction;

    /// <summary>The store is asked whether the checkpoint exists.</summary>
    public sealed record AskOutcome(CheckpointId Checkpoint, string Reason) : CheckpointAction;

    /// <summary>The checkpoint exists: all are told, its predecessors beyond the retained number are deleted.</summary>
    public sealed record Complete(CheckpointId Checkpoint, bool IsFinal) : CheckpointAction;

    /// <summary>
    /// The checkpoint is given up: its snapshots are dropped and gates stop waiting for its barriers. Sinks abort nothing.
    /// </summary>
    public sealed record Forget(CheckpointId Checkpoint, CheckpointFailureReason Why, string Reason) : CheckpointAction
    {
        /// <summary>Gets the subtask at which it failed, or the first that had not acknowledged; null if none is to blame.</summary>
        public SubtaskId? Subtask { get; init; }
    }

    /// <summary>The subtasks are told once more that the checkpoint exists.</summary>
    public sealed record Remind(CheckpointId Checkpoint, ImmutableSortedSet<SubtaskId> Subtasks) : CheckpointAction;

    /// <summary>The attempt ends here and recovers: whatever is open is settled by what the store holds then.</summary>
    public sealed record FailAttempt(string Reason) : CheckpointAction;

    /// <summary>Everything is committed: the job is done.</summary>
    public sealed record Finish : CheckpointAction;
}
