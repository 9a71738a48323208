using Weir.Runtime.Tests.Doubles;

namespace Weir.KafkaLog.Tests.Doubles;

/// <summary>A store that has written a manifest, and does not answer until it may.</summary>
internal sealed class WaitingStore(ICheckpointStore inner) : PassingStore(inner)
{
    /// <summary>Gets or sets what it waits for.</summary>
    public TaskCompletionSource? MayAnswer { get; set; }

    public override async ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        await base.WriteManifestAsync(job, checkpoint, manifest, cancellation);
        await (MayAnswer?.Task ?? Task.CompletedTask);
    }
}
