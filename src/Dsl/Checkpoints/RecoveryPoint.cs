namespace Weir;

/// <summary>Where a new attempt begins.</summary>
/// <param name="Attempt">The new attempt.</param>
/// <param name="Candidates">The decided checkpoints, to try newest first; empty for a job's first start.</param>
/// <param name="Last">The greatest number that is known to have been used, for a checkpoint that was decided or not: the attempt counts on from it.</param>
public sealed record RecoveryPoint(long Attempt, IReadOnlyList<CheckpointName> Candidates, CheckpointId Last);
