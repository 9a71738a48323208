namespace Weir;

/// <summary>Where a new attempt begins.</summary>
/// <param name="Attempt">The new attempt.</param>
/// <param name="Candidates">The checkpoints to try, newest first; empty for a job's first start.</param>
public sealed record RecoveryPoint(long Attempt, IReadOnlyList<CheckpointId> Candidates);
