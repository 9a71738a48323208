using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>What the coordinator holds of a checkpoint that does not exist yet.</summary>
/// <param name="order">What was decided to be done.</param>
/// <param name="begun">When its barriers were injected.</param>
/// <param name="told">What the user is told of it.</param>
internal sealed class CheckpointUnderWay(CheckpointAction.InjectBarriers order, TimeSpan begun, JobCheckpoint told)
{
    public CheckpointAction.InjectBarriers Order => order;

    public TimeSpan Begun => begun;

    /// <summary>Gets what subtasks have acknowledged with so far.</summary>
    public SortedDictionary<SubtaskId, ImmutableArray<OperatorSnapshot>> Snapshots { get; } = [];

    /// <summary>Gets what their time went into.</summary>
    public SortedDictionary<SubtaskId, SubtaskCheckpoint> Figures { get; } = [];

    /// <summary>Gets the requests that it answers.</summary>
    public List<long> Requests { get; } = [.. order.Requests];

    /// <summary>Gets where a savepoint is made of it; null for nowhere.</summary>
    public SavepointDirectory? Savepoint { get; init; }

    /// <summary>Gets or sets what is being written; null while subtasks are missing.</summary>
    public CheckpointStorage? Storage { get; set; }

    /// <summary>What the user is told of it now.</summary>
    /// <param name="now">The attempt's time.</param>
    public JobCheckpoint At(TimeSpan now) => told with
    {
        Duration = now - begun,
        Subtasks = [.. Figures.Values],
        StateBytes = Storage is { SizeBytes: > 0 and var all } ? all : Figures.Values.Sum(subtask => subtask.StateBytes),
    };
}
