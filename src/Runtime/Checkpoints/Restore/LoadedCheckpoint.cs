using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>A checkpoint whose manifest and state files were read and verified.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Files">The contents of its state files.</param>
internal sealed record LoadedCheckpoint(Manifest Manifest, ImmutableArray<ReadOnlyMemory<byte>> Files)
{
    /// <summary>What each subtask of an operator remembered.</summary>
    public ImmutableArray<OperatorState> StatesOf(ManifestOperator stateful) =>
    [
        .. stateful.Subtasks.Select(subtask => new OperatorState(
            stateful.Id,
            [.. subtask.KeyGroups.Select(slice => new KeyGroupState(slice.KeyGroup, Files[slice.File].Slice(slice.Offset, slice.Length)))],
            subtask.Items,
            subtask.Shared)),
    ];
}
