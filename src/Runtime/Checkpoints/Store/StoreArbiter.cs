using Weir.Runtime.Checkpoints.Manifests;

namespace Weir;

/// <summary>The default arbiter: a checkpoint is the recovery point from the moment that its manifest appears in the store.</summary>
/// <param name="job">The job's name.</param>
/// <param name="store">The store.</param>
public sealed class StoreArbiter(string job, ICheckpointStore store) : ICheckpointArbiter
{
    /// <inheritdoc/>
    public async ValueTask<RecoveryPoint> FenceAndReadAsync(CancellationToken cancellation)
    {
        var attempt = await store.FenceAsync(job, cancellation).ConfigureAwait(false);
        try
        {
            return new RecoveryPoint(attempt, await store.ListAsync(job, cancellation).ConfigureAwait(false));
        }
        catch
        {
            // Nobody knows yet of this attempt: nobody else would let go of what the store holds for it.
            await store.ReleaseAsync(job, attempt).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation) =>
        store.WriteManifestAsync(job, checkpoint, manifest, cancellation);

    /// <summary>Whether a decision whose answer was lost was made.</summary>
    /// <remarks>A number alone says nothing: after a fencing it may be the successor's checkpoint, and to commit for that one would write its records twice.</remarks>
    internal async ValueTask<bool> HasDecidedAsync(CheckpointName checkpoint, CancellationToken cancellation)
    {
        var existing = await store.ListAsync(job, cancellation).ConfigureAwait(false);
        if (!existing.Contains(checkpoint.Id))
        {
            return false;
        }

        var bytes = await store.ReadManifestAsync(job, checkpoint.Id, cancellation).ConfigureAwait(false);
        return ManifestFormat.Read(bytes).Name == checkpoint;
    }
}
