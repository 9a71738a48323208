using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>
/// The manifest of one checkpoint that all subtasks have acknowledged, and its decision. Its asynchronous members run on the work pool.
/// </summary>
/// <param name="context">The attempt.</param>
/// <param name="checkpoint">The checkpoint.</param>
/// <param name="isFinal">Whether it is taken at the end of all sources.</param>
/// <param name="snapshots">What each subtask acknowledged with.</param>
/// <param name="schemas">The wire forms of each operator, by its id.</param>
internal sealed class CheckpointStorage(
    CoordinatorContext context,
    CheckpointName checkpoint,
    bool isFinal,
    IReadOnlyDictionary<SubtaskId, ImmutableArray<OperatorSnapshot>> snapshots,
    IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas)
{
    /// <summary>Gets the bytes that it refers to, and those of its manifest.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Writes the manifest and asks the arbiter for the decision.</summary>
    public async ValueTask<bool> DecideAsync(CancellationToken cancellation)
    {
        var manifest = ManifestFormat.Write(new Manifest(
            context.Job.Name,
            checkpoint,
            context.Job.RunId,
            isFinal,
            context.Job.Time.GetUtcNow(),
            context.Options.Parallelism,
            context.Job.KeyGroupCount,
            context.Options.Interpreted,
            ManifestOperators.Of(snapshots, schemas)));
        SizeBytes = snapshots.Values.Sum(operators => operators.Sum(snapshot => snapshot.SizeBytes)) + manifest.Length;
        await context.Arbiter.CommitAsync(checkpoint, manifest, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the decision was made.</summary>
    public ValueTask<bool> AskAsync(CancellationToken cancellation) => context.Arbiter.HasDecidedAsync(checkpoint, cancellation);
}
