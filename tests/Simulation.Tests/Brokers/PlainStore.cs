using System.Runtime.CompilerServices;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>A store in which a checkpoint is its number: whoever takes one takes it in the name of the newest attempt.</summary>
/// <remarks>
/// As long as nobody is overtaken it changes nothing: the newest attempt is the own one. Whoever is overtaken is not told from who has
/// overtaken him, neither when he writes nor when he deletes: so he deletes what the other one stands on.
/// </remarks>
/// <param name="inner">The store.</param>
/// <param name="newest">The newest attempt, of all processes.</param>
internal sealed class PlainStore(ICheckpointStore inner, StrongBox<long> newest) : ICheckpointStore
{
    public string Description => inner.Description;

    public async ValueTask<RecoveryPoint> FenceAsync(string job, RunId newRun, CancellationToken cancellation)
    {
        var point = await inner.FenceAsync(job, newRun, cancellation);
        newest.Value = Math.Max(newest.Value, point.Attempt);
        return point;
    }

    public ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation) =>
        inner.CheckFenceAsync(job, newest.Value, cancellation);

    public ValueTask<IReadOnlyList<CheckpointName>> ListAsync(string job, CancellationToken cancellation) =>
        inner.ListAsync(job, cancellation);

    public async ValueTask<bool> HasManifestAsync(string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        await inner.HasManifestAsync(job, await NameAsync(job, checkpoint, cancellation), cancellation);

    public async ValueTask<ReadOnlyMemory<byte>> ReadManifestAsync(
        string job, CheckpointName checkpoint, CancellationToken cancellation) =>
        await inner.ReadManifestAsync(job, await NameAsync(job, checkpoint, cancellation), cancellation);

    public ValueTask<Stream> CreateStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        inner.CreateStateAsync(job, New(checkpoint), file, cancellation);

    public async ValueTask<Stream> OpenStateAsync(string job, CheckpointName checkpoint, string file, CancellationToken cancellation) =>
        await inner.OpenStateAsync(job, await NameAsync(job, checkpoint, cancellation), file, cancellation);

    public ValueTask<Stream> CreateSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        inner.CreateSharedAsync(job, file, cancellation);

    public ValueTask<Stream> OpenSharedAsync(string job, SharedFile file, CancellationToken cancellation) =>
        inner.OpenSharedAsync(job, file, cancellation);

    public ValueTask<IReadOnlyList<SharedFile>> ListSharedAsync(string job, CancellationToken cancellation) =>
        inner.ListSharedAsync(job, cancellation);

    public ValueTask DeleteSharedAsync(string job, long attempt, SharedFile file, CancellationToken cancellation) =>
        inner.DeleteSharedAsync(job, newest.Value, file, cancellation);

    public ValueTask WriteManifestAsync(
        string job, CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation) =>
        inner.WriteManifestAsync(job, New(checkpoint), manifest, cancellation);

    public async ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation) =>
        await inner.DeleteAsync(job, newest.Value, await NameAsync(job, checkpoint, cancellation), cancellation);

    public ValueTask ReleaseAsync(string job, long attempt) => inner.ReleaseAsync(job, attempt);

    private CheckpointName New(CheckpointName checkpoint) => checkpoint with { Attempt = newest.Value };

    // The one that has this number, by whichever attempt.
    private async ValueTask<CheckpointName> NameAsync(string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var known = await inner.ListAsync(job, cancellation);
        var found = known.Where(name => name.Id == checkpoint.Id).DefaultIfEmpty(checkpoint).Max();
        return found;
    }
}
