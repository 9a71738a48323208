using System.Collections.Immutable;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>What the coordinator holds of a checkpoint that does not exist yet.</summary>
/// <param name="begun">When its barriers were injected.</param>
/// <param name="isFinal">Whether it is taken at the end of all sources.</param>
internal sealed class CheckpointUnderWay(TimeSpan begun, bool isFinal)
{
    public TimeSpan Begun { get; } = begun;

    public bool IsFinal { get; } = isFinal;

    /// <summary>Gets what subtasks have acknowledged with so far.</summary>
    public SortedDictionary<SubtaskId, ImmutableArray<OperatorSnapshot>> Snapshots { get; } = [];

    /// <summary>Gets or sets what is being written; null while subtasks are missing.</summary>
    public CheckpointStorage? Storage { get; set; }
}
