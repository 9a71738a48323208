namespace Weir;

/// <summary>Where a new attempt begins.</summary>
/// <param name="Attempt">The new attempt.</param>
/// <param name="RunId">The life of the job that it belongs to: that of the attempt before it, or a new one if there was none.</param>
/// <param name="Candidates">The decided checkpoints, to try newest first; empty for a job's first start.</param>
/// <param name="Last">The greatest number that is known to have been used, for a checkpoint that was decided or not: the attempt counts on
/// from it.</param>
public sealed record RecoveryPoint(long Attempt, RunId RunId, IReadOnlyList<CheckpointName> Candidates, CheckpointId Last);
