namespace Weir.Victim.Dying;

/// <summary>An arbiter whose process dies when it has decided, before anybody is told.</summary>
internal sealed class DyingArbiter(ICheckpointArbiter inner, FatalPoint fatal) : ICheckpointArbiter
{
    /// <summary>Gets who decides.</summary>
    public ICheckpointArbiter Inner => inner;

    public ValueTask<RecoveryPoint> FenceAndReadAsync(RunId newRun, CancellationToken cancellation) =>
        inner.FenceAndReadAsync(newRun, cancellation);

    public async ValueTask CommitAsync(CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        await inner.CommitAsync(checkpoint, manifest, cancellation);
        fatal.Pass(Failpoint.AfterManifest);
    }

    public ValueTask<bool> HasDecidedAsync(CheckpointName checkpoint, CancellationToken cancellation) =>
        inner.HasDecidedAsync(checkpoint, cancellation);
}
