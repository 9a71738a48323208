namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>What an attempt begins with.</summary>
/// <param name="Attempt">The attempt; earlier ones are shut out.</param>
/// <param name="Last">The greatest number in use: the attempt counts on from it.</param>
/// <param name="Existing">The checkpoints that exist, usable or not, newest first.</param>
/// <param name="Damaged">Those of them that are newer than the one to restore and cannot be used, newest first.</param>
/// <param name="Checkpoint">The one to restore; null if there is none: the job's first start.</param>
internal sealed record RestorePoint(
    long Attempt,
    CheckpointId Last,
    IReadOnlyList<CheckpointName> Existing,
    IReadOnlyList<CheckpointName> Damaged,
    LoadedCheckpoint? Checkpoint);
