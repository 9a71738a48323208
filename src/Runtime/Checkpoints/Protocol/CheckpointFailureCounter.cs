using System.Collections.Immutable;

namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>Counts checkpoints that fail in a row, and says when there were more than may be tolerated: semantics G5.</summary>
/// <param name="Tolerable">How many may fail in a row.</param>
internal sealed record CheckpointFailureCounter(int Tolerable)
{
    /// <summary>Gets the checkpoints that failed since the last success. A checkpoint that fails twice counts once.</summary>
    public ImmutableHashSet<CheckpointId> Failed { get; init; } = [];

    /// <summary>Gets the newest checkpoint that completed. Failures of it and of older ones come too late to matter.</summary>
    public CheckpointId LastSuccess { get; init; }

    /// <summary>Gets a value indicating whether more have failed than may.</summary>
    public bool IsExceeded => Failed.Count > Tolerable;

    public CheckpointFailureCounter OnFailure(CheckpointId checkpoint, CheckpointFailureReason reason) =>
        reason is CheckpointFailureReason.Subsumed or CheckpointFailureReason.SavepointNotStored || checkpoint <= LastSuccess
            ? this
            : this with { Failed = Failed.Add(checkpoint) };

    public CheckpointFailureCounter OnSuccess(CheckpointId checkpoint) =>
        this with { Failed = [], LastSuccess = checkpoint > LastSuccess ? checkpoint : LastSuccess };
}
