using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>What is written of one checkpoint once all subtasks have acknowledged it. Its members run on the work pool.</summary>
/// <param name="context">The attempt.</param>
/// <param name="checkpoint">The checkpoint.</param>
/// <param name="isFinal">Whether it is taken at the end of all sources.</param>
/// <param name="snapshots">What each subtask acknowledged with.</param>
/// <param name="schemas">The wire forms of each operator, by its id.</param>
internal sealed class CheckpointStorage(
    CoordinatorContext context,
    CheckpointName checkpoint,
    bool isFinal,
    IReadOnlyDictionary<SubtaskId, ImmutableArray<OperatorState>> snapshots,
    IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas)
{
    private ReadOnlyMemory<byte> _manifest;

    /// <summary>Gets the bytes of its files, manifest included.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Writes the state files.</summary>
    public async ValueTask<bool> StoreStateAsync(CancellationToken cancellation)
    {
        var layout = StateLayout.Of(snapshots, schemas);
        for (var i = 0; i < layout.Files.Length; i++)
        {
            await context.Store.WriteStateAsync(context.Job, checkpoint, layout.Files[i].Name, layout.Contents[i], cancellation).ConfigureAwait(false);
        }

        _manifest = ManifestFormat.Write(new Manifest(
            context.Job,
            checkpoint,
            context.RunId,
            isFinal,
            context.Options.TimeProvider.GetUtcNow(),
            context.Options.Parallelism,
            context.KeyGroupCount,
            context.Options.Interpreted,
            layout.Operators,
            layout.Files));
        SizeBytes = layout.Files.Sum(file => file.Length) + _manifest.Length;
        return true;
    }

    /// <summary>Asks the arbiter for the decision.</summary>
    public async ValueTask<bool> DecideAsync(CancellationToken cancellation)
    {
        await context.Arbiter.CommitAsync(checkpoint, _manifest, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the decision was made.</summary>
    public ValueTask<bool> AskAsync(CancellationToken cancellation) => context.Arbiter.HasDecidedAsync(checkpoint, cancellation);
}
