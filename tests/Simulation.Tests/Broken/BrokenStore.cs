using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Tests.Doubles;

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
internal sealed class BrokenStore(ICheckpointStore inner, StoreBreakage breakage) : PassingStore(inner)
{
    public override ValueTask CheckFenceAsync(string job, long attempt, CancellationToken cancellation) =>
        breakage == StoreBreakage.ForgetsTheFence ? ValueTask.CompletedTask : base.CheckFenceAsync(job, attempt, cancellation);

    public override async ValueTask DeleteAsync(string job, long attempt, CheckpointName checkpoint, CancellationToken cancellation)
    {
        var files = breakage == StoreBreakage.DeletesWhatIsShared ? await SharedFilesOf(job, checkpoint, cancellation) : [];
        await base.DeleteAsync(job, attempt, checkpoint, cancellation);
        foreach (var file in files)
        {
            await DeleteSharedAsync(job, attempt, file, cancellation);
        }
    }

    // What cannot be read is no mistake of this one: then it deletes as it should.
    private async ValueTask<IReadOnlyList<SharedFile>> SharedFilesOf(
        string job, CheckpointName checkpoint, CancellationToken cancellation)
    {
        try
        {
            return [.. ManifestFormat.Read(await ReadManifestAsync(job, checkpoint, cancellation)).SharedFiles];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
