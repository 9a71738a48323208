namespace Weir.Runtime.Tests.Doubles;

/// <summary>A store that passes each call on to another one: a double changes those that it is about.</summary>
/// <param name="inner">The other one.</param>
internal abstract class PassingStore(ICheckpointStore inner) : ICheckpointStore
{
    public virtual string Description => inner.Description;

    public virtual ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation) =>
        inner.FenceAsync(job, newRun, cancellation);

    public virtual ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation) =>
        inner.CheckFenceAsync(job, attempt, cancellation);

    public virtual ValueTask<IReadOnlyList<CheckpointName>> ListAsync(string job, CancellationToken cancellation) =>
        inner.ListAsync(job, cancellation);

    public virtual ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        inner.HasManifestAsync(job, checkpoint, cancellation);

    public virtual ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
        string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        inner.ReadManifestAsync(job, checkpoint, cancellation);

    public virtual ValueTask<Stream> CreateStateAsync(
        string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        inner.CreateStateAsync(job, checkpoint, file, cancellation);

    public virtual ValueTask<Stream> OpenStateAsync(
        string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        inner.OpenStateAsync(job, checkpoint, file, cancellation);

    public virtual ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        inner.CreateSharedAsync(job, file, cancellation);

    public virtual ValueTask<Stream> OpenSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        inner.OpenSharedAsync(job, file, cancellation);

    public virtual ValueTask<IReadOnlyList<SharedFile>> ListSharedAsync(string job, CancellationToken cancellation) =>
        inner.ListSharedAsync(job, cancellation);

    public virtual ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation) =>
        inner.DeleteSharedAsync(job, attempt, file, cancellation);

    public virtual ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation) =>
        inner.WriteManifestAsync(job, checkpoint, manifest, cancellation);

    public virtual ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation) =>
        inner.DeleteAsync(job, attempt, checkpoint, cancellation);

    public virtual ValueTask ReleaseAsync(string job, long attempt) => inner.ReleaseAsync(job, attempt);
}
