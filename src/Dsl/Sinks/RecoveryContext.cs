namespace Weir;

/// <summary>What a sink is told of the recovery that precedes its first transaction.</summary>
/// <param name="RestoredFrom">The checkpoint that the job continues from; null if it starts from nothing.</param>
/// <param name="Damaged">
/// Newer checkpoints that were decided, and so may have been committed, but cannot be read; newest first. What was committed with them and
/// with any checkpoint after <paramref name="RestoredFrom"/> will be written again.
/// </param>
public sealed record RecoveryContext(CheckpointName? RestoredFrom, IReadOnlyList<CheckpointName> Damaged)
{
    /// <summary>Gets the number of the oldest checkpoint that exists: no attempt falls back beyond it. Null if there is none.</summary>
    public CheckpointId? Oldest { get; init; }
}
