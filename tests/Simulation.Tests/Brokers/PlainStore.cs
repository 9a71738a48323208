using System.Runtime.CompilerServices;
using Weir.Runtime.Tests.Doubles;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>A store in which a checkpoint is its number: whoever takes one takes it in the name of the newest attempt.</summary>
/// <remarks>
/// As long as nobody is overtaken it changes nothing: the newest attempt is the own one. Whoever is overtaken is not told from who has
/// overtaken him, neither when he writes nor when he deletes: so he deletes what the other one stands on.
/// </remarks>
/// <param name="inner">The store.</param>
/// <param name="newest">The newest attempt, of all processes.</param>
internal sealed class PlainStore(ICheckpointStore inner, StrongBox<long> newest) : PassingStore(inner)
{
    public override async ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation)
    {
        var point = await base.FenceAsync(job, newRun, cancellation);
        newest.Value = Math.Max(newest.Value, point.Attempt);
        return point;
    }

    public override ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation) =>
        base.CheckFenceAsync(job, newest.Value, cancellation);

    public override async ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        await base.HasManifestAsync(job, await NameAsync(job, checkpoint, cancellation), cancellation);

    public override async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
        string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        await base.ReadManifestAsync(job, await NameAsync(job, checkpoint, cancellation), cancellation);

    public override ValueTask<Stream> CreateStateAsync(
        string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        base.CreateStateAsync(job, New(checkpoint), file, cancellation);

    public override async ValueTask<Stream> OpenStateAsync(
        string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        await base.OpenStateAsync(job, await NameAsync(job, checkpoint, cancellation), file, cancellation);

    public override ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation) =>
        base.DeleteSharedAsync(job, newest.Value, file, cancellation);

    public override ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation) =>
        base.WriteManifestAsync(job, New(checkpoint), manifest, cancellation);

    public override async ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation) =>
        await base.DeleteAsync(job, newest.Value, await NameAsync(job, checkpoint, cancellation), cancellation);

    private CheckpointName New(CheckpointName checkpoint) => checkpoint with { Attempt = newest.Value };

    // The one that has this number, by whichever attempt.
    private async ValueTask<CheckpointName> NameAsync(string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var known = await ListAsync(job, cancellation);
        var found = known.Where(name => name.Id == checkpoint.Id).DefaultIfEmpty(checkpoint).Max();
        return found;
    }
}
