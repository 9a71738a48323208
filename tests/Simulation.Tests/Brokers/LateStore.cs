using Weir.Runtime.Tests.Doubles;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>A store that says that a manifest is durable, and writes it later.</summary>
internal sealed class LateStore(ICheckpointStore inner) : PassingStore(inner)
{
    private (string Job, CheckpointName Checkpoint, byte[] Manifest)? _kept;

    /// <summary>Writes what it has kept back.</summary>
    public async ValueTask WriteNowAsync(CancellationToken cancellation)
    {
        if (_kept is var (job, checkpoint, manifest))
        {
            await base.WriteManifestAsync(job, checkpoint, manifest, cancellation);
        }
    }

    public override ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        _kept = (job, checkpoint, manifest.ToArray());
        return ValueTask.CompletedTask;
    }
}
