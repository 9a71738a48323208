namespace Weir.Runtime.Checkpoints.Restore;

/// <summary>What an attempt begins with.</summary>
/// <param name="Attempt">The attempt; earlier ones are shut out.</param>
/// <param name="Existing">The checkpoints that exist, usable or not, newest first.</param>
/// <param name="Checkpoint">The one to restore; null if there is none: the job's first start.</param>
internal sealed record RestorePoint(long Attempt, IReadOnlyList<CheckpointId> Existing, LoadedCheckpoint? Checkpoint)
{
    /// <summary>Gets the newest number in use: the attempt counts on from it, so that no checkpoint is ever replaced.</summary>
    public CheckpointId Last => Existing.Count == 0 ? default : Existing[0];
}
