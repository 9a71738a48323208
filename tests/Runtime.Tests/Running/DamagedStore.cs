namespace Weir.Runtime.Tests.Running;

/// <summary>A store that hands some manifests out with a byte changed.</summary>
/// <param name="store">What it stands before.</param>
internal sealed class DamagedStore(ICheckpointStore store) : ICheckpointStore
{
    public SortedSet<CheckpointName> Damaged { get; } = [];

    public int Releases { get; private set; }

    public string Description => store.Description;

    public ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation) =>
        store.FenceAsync(job, newRun, cancellation);

    public ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation) =>
        store.CheckFenceAsync(job, attempt, cancellation);

    public ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        store.HasManifestAsync(job, checkpoint, cancellation);

    public ValueTask<IReadOnlyList<CheckpointName>> ListAsync(string job, CancellationToken cancellation) =>
        store.ListAsync(job, cancellation);

    public async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var bytes = (await store.ReadManifestAsync(job, checkpoint, cancellation)).ToArray();
        bytes[bytes.Length / 2] ^= Damaged.Contains(checkpoint) ? (byte)1 : (byte)0;
        return bytes;
    }

    public ValueTask<Stream> CreateStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        store.CreateStateAsync(job, checkpoint, file, cancellation);

    public ValueTask<Stream> OpenStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        store.OpenStateAsync(job, checkpoint, file, cancellation);

    public ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        store.CreateSharedAsync(job, file, cancellation);

    public ValueTask<Stream> OpenSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        store.OpenSharedAsync(job, file, cancellation);

    public ValueTask<IReadOnlyList<SharedFile>> ListSharedAsync(string job, CancellationToken cancellation) =>
        store.ListSharedAsync(job, cancellation);

    public ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation) =>
        store.DeleteSharedAsync(job, attempt, file, cancellation);

    public ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation) =>
        store.WriteManifestAsync(job, checkpoint, manifest, cancellation);

    public ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation) =>
        store.DeleteAsync(job, attempt, checkpoint, cancellation);

    public ValueTask ReleaseAsync(string job, long attempt)
    {
        Releases++;
        return store.ReleaseAsync(job, attempt);
    }
}
