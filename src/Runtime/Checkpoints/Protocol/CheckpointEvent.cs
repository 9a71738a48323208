using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>What happened, as the coordinator saw it.</summary>
internal abstract record CheckpointEvent
{
    private CheckpointEvent()
    {
    }

    /// <summary>The interval has passed.</summary>
    public sealed record Triggered : CheckpointEvent;

    /// <summary>Somebody asks for a checkpoint, a savepoint or a stop.</summary>
    public sealed record Requested(CheckpointRequest Request) : CheckpointEvent;

    /// <summary>Whoever asked does not want it any more: if it has not begun, it does not.</summary>
    public sealed record Withdrawn(long Request) : CheckpointEvent;

    /// <summary>A subtask's snapshot is durable.</summary>
    public sealed record Acknowledged(CheckpointId Checkpoint, SubtaskId Subtask) : CheckpointEvent;

    /// <summary>A subtask cannot take part.</summary>
    public sealed record Declined(CheckpointId Checkpoint, SubtaskId Subtask, string Reason) : CheckpointEvent;

    /// <summary>The time-out has passed.</summary>
    public sealed record Expired(CheckpointId Checkpoint) : CheckpointEvent;

    /// <summary>The arbiter has decided for it: it exists.</summary>
    public sealed record Decided(CheckpointId Checkpoint) : CheckpointEvent;

    /// <summary>The arbiter's answer was lost: it may exist or not.</summary>
    public sealed record DecisionLost(CheckpointId Checkpoint, string Reason) : CheckpointEvent;

    /// <summary>The store was asked whether it exists. Null: it did not answer either.</summary>
    public sealed record OutcomeKnown(CheckpointId Checkpoint, bool? Exists, string Reason) : CheckpointEvent;

    /// <summary>A source has delivered everything.</summary>
    public sealed record Exhausted(SubtaskId Subtask) : CheckpointEvent;

    /// <summary>A subtask has committed everything up to and including a checkpoint.</summary>
    public sealed record Committed(CheckpointId Checkpoint, SubtaskId Subtask) : CheckpointEvent;

    /// <summary>Subtasks have been silent long after a checkpoint: the notification may be lost, and a sink may wait for it.</summary>
    public sealed record CommitOverdue : CheckpointEvent;
}
