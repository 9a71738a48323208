namespace Weir.Simulation.Tests.Brokers;

/// <summary>A store that says that a manifest is durable, and writes it later.</summary>
internal sealed class LateStore(ICheckpointStore inner) : ICheckpointStore
{
    private (string Job, CheckpointName Checkpoint, byte[] Manifest)? _kept;

    /// <summary>Writes what it has kept back.</summary>
    public async ValueTask WriteNowAsync(CancellationToken cancellation)
    {
        if (_kept is var (job, checkpoint, manifest))
        {
            await inner.WriteManifestAsync(job, checkpoint, manifest, cancellation);
        }
    }

    public string Description => inner.Description;

    public ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation) =>
        inner.FenceAsync(job, newRun, cancellation);

    public ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation) =>
        inner.CheckFenceAsync(job, attempt, cancellation);

    public ValueTask<IReadOnlyList<CheckpointName>> ListAsync(string job, CancellationToken cancellation) =>
        inner.ListAsync(job, cancellation);

    public ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        inner.HasManifestAsync(job, checkpoint, cancellation);

    public ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        inner.ReadManifestAsync(job, checkpoint, cancellation);

    public ValueTask<Stream> CreateStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        inner.CreateStateAsync(job, checkpoint, file, cancellation);

    public ValueTask<Stream> OpenStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        inner.OpenStateAsync(job, checkpoint, file, cancellation);

    public ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        inner.CreateSharedAsync(job, file, cancellation);

    public ValueTask<Stream> OpenSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        inner.OpenSharedAsync(job, file, cancellation);

    public ValueTask<IReadOnlyList<SharedFile>> ListSharedAsync(string job, CancellationToken cancellation) =>
        inner.ListSharedAsync(job, cancellation);

    public ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation) =>
        inner.DeleteSharedAsync(job, attempt, file, cancellation);

    public ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        _kept = (job, checkpoint, manifest.ToArray());
        return ValueTask.CompletedTask;
    }

    public ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation) =>
        inner.DeleteAsync(job, attempt, checkpoint, cancellation);

    public ValueTask ReleaseAsync(string job, long attempt) => inner.ReleaseAsync(job, attempt);
}
