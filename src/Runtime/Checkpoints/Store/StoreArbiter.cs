namespace Weir;

/// <summary>The default arbiter: a checkpoint is the recovery point from the moment that its manifest appears in the store.</summary>
/// <param name="job">The job's name.</param>
/// <param name="store">The store.</param>
public sealed class StoreArbiter(string job, ICheckpointStore store) : ICheckpointArbiter
{
    /// <inheritdoc/>
    public ValueTask<RecoveryPoint> FenceAndReadAsync(RunId newRun, CancellationToken cancellation) =>
        store.FenceAsync(job, newRun, cancellation);

    /// <inheritdoc/>
    public ValueTask CommitAsync(CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation) =>
        store.WriteManifestAsync(job, checkpoint, manifest, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> HasDecidedAsync(CheckpointName checkpoint, CancellationToken cancellation) =>
        store.HasManifestAsync(job, checkpoint, cancellation);
}
