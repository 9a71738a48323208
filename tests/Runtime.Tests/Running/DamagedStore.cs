namespace Weir.Runtime.Tests.Running;

/// <summary>A store that hands some manifests out with a byte changed.</summary>
/// <param name="store">What it stands before.</param>
internal sealed class DamagedStore(ICheckpointStore store) : ICheckpointStore
{
    public SortedSet<CheckpointId> Damaged { get; } = [];

    public int Releases { get; private set; }

    public string Description => store.Description;

    public ValueTask<long> FenceAsync(string job, CancellationToken cancellation) => store.FenceAsync(job, cancellation);

    public ValueTask<IReadOnlyList<CheckpointId>> ListAsync(string job, CancellationToken cancellation) => store.ListAsync(job, cancellation);

    public async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(string job, CheckpointId checkpoint, CancellationToken cancellation)
    {
        var bytes = (await store.ReadManifestAsync(job, checkpoint, cancellation)).ToArray();
        bytes[bytes.Length / 2] ^= Damaged.Contains(checkpoint) ? (byte)1 : (byte)0;
        return bytes;
    }

    public ValueTask WriteStateAsync(string job, CheckpointName checkpoint, string file, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        store.WriteStateAsync(job, checkpoint, file, content, cancellation);

    public ValueTask<ReadOnlyMemory<byte>> ReadStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        store.ReadStateAsync(job, checkpoint, file, cancellation);

    public ValueTask WriteManifestAsync(string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation) =>
        store.WriteManifestAsync(job, checkpoint, manifest, cancellation);

    public ValueTask DeleteAsync(string job, long attempt, CheckpointId checkpoint, CancellationToken cancellation) =>
        store.DeleteAsync(job, attempt, checkpoint, cancellation);

    public ValueTask ReleaseAsync(string job, long attempt)
    {
        Releases++;
        return store.ReleaseAsync(job, attempt);
    }
}
