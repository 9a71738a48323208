using Weir.Runtime.Checkpoints.Manifests;

namespace Weir.Simulation.Tests.Broken;

/// <summary>Mistakes that a checkpoint store, or who uses it, could make.</summary>
internal enum StoreBreakage
{
    /// <summary>With a checkpoint go the files that it shares with others.</summary>
    DeletesWhatIsShared,

    /// <summary>A later attempt's fence is not looked for before a checkpoint is decided or deleted.</summary>
    ForgetsTheFence,
}

/// <summary>A store with a mistake in it: the simulator must find it.</summary>
internal sealed class BrokenStore(ICheckpointStore inner, StoreBreakage breakage) : ICheckpointStore
{
    public string Description => inner.Description;

    public ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation) =>
        inner.FenceAsync(job, newRun, cancellation);

    public ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation) =>
        breakage == StoreBreakage.ForgetsTheFence ? ValueTask.CompletedTask : inner.CheckFenceAsync(job, attempt, cancellation);

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
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation) =>
        inner.WriteManifestAsync(job, checkpoint, manifest, cancellation);

    public async ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var files = breakage == StoreBreakage.DeletesWhatIsShared ? await SharedFilesOf(job, checkpoint, cancellation) : [];
        await inner.DeleteAsync(job, attempt, checkpoint, cancellation);
        foreach (var file in files)
        {
            await inner.DeleteSharedAsync(job, attempt, file, cancellation);
        }
    }

    // What cannot be read is no mistake of this one: then it deletes as it should.
    private async ValueTask<IReadOnlyList<SharedFile>> SharedFilesOf(
        string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        try
        {
            return [.. ManifestFormat.Read(await inner.ReadManifestAsync(job, checkpoint, cancellation)).SharedFiles];
        }
        catch (IOException)
        {
            return [];
        }
    }

    public ValueTask ReleaseAsync(string job, long attempt) => inner.ReleaseAsync(job, attempt);
}
