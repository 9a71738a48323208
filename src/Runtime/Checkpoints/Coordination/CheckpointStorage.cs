using System.Buffers;
using System.Collections.Immutable;
using System.IO.Hashing;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.State;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>
/// The manifest of one checkpoint that all subtasks have acknowledged, its decision, and the savepoint that is made of it. Its asynchronous
/// members run on the work pool.
/// </summary>
/// <param name="context">The attempt.</param>
/// <param name="checkpoint">The checkpoint.</param>
/// <param name="underWay">What is known of it.</param>
/// <param name="schemas">The wire forms of each operator, by its id.</param>
internal sealed class CheckpointStorage(
    CoordinatorContext context,
    CheckpointName checkpoint,
    CheckpointUnderWay underWay,
    IReadOnlyDictionary<string, IReadOnlyList<SchemaMember>> schemas)
{
    private const int CopyBytes = 128 * 1024;

    /// <summary>Gets the bytes that it refers to, and those of its manifest.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Writes the savepoint, if one is wanted, then the manifest, and asks the arbiter for the decision.</summary>
    public async ValueTask<bool> DecideAsync(CancellationToken cancellation)
    {
        if (underWay.Savepoint is not null)
        {
            await SaveAsync(cancellation).ConfigureAwait(false);
        }

        var manifest = ManifestFormat.Write(Manifest(ManifestOperators.Of(underWay.Snapshots, schemas)));
        SizeBytes = StateBytes + manifest.Length;
        await context.Arbiter.CommitAsync(checkpoint, manifest, cancellation).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the decision was made.</summary>
    public ValueTask<bool> AskAsync(CancellationToken cancellation) => context.Arbiter.HasDecidedAsync(checkpoint, cancellation);

    /// <summary>Copies the state files to the directory of the savepoint, and writes its manifest: then it exists.</summary>
    public async ValueTask<bool> SaveAsync(CancellationToken cancellation)
    {
        var directory = underWay.Savepoint!;
        try
        {
            var operators = ImmutableArray.CreateBuilder<ManifestOperator>();
            foreach (var stateful in ManifestOperators.Of(underWay.Snapshots, schemas))
            {
                var subtasks = ImmutableArray.CreateBuilder<OperatorSnapshot>();
                foreach (var subtask in stateful.Subtasks)
                {
                    var copies = await CopyAsync(directory, subtask.Handles, cancellation).ConfigureAwait(false);
                    subtasks.Add(subtask with { Handles = copies });
                }

                operators.Add(stateful with { Subtasks = subtasks.ToImmutable() });
            }

            var manifest = ManifestFormat.Write(Manifest(operators.ToImmutable()));
            SizeBytes = StateBytes + manifest.Length;
            cancellation.ThrowIfCancellationRequested();
            directory.Finish(manifest.Span);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            directory.Abandon();
            throw;
        }
    }

    private long StateBytes => underWay.Snapshots.Values.Sum(operators => operators.Sum(snapshot => snapshot.SizeBytes));

    private ImmutableArray<SavepointIdentity> Origins => underWay is { Savepoint: not null, Order.IsFinal: true }
        ? context.Origins.Add(new SavepointIdentity(context.Job.RunId, checkpoint))
        : context.Origins;

    private Manifest Manifest(ImmutableArray<ManifestOperator> operators) => new(
        context.Job.Name,
        checkpoint,
        context.Job.RunId,
        underWay.Order.IsEnd,
        context.Job.Time.GetUtcNow(),
        context.Options.Parallelism,
        context.Job.KeyGroupCount,
        context.Options.Interpreted,
        operators)
    {
        IsLast = underWay.Order.IsFinal,
        Origins = Origins,
    };

    private async ValueTask<ImmutableArray<StateHandle>> CopyAsync(
        SavepointDirectory directory, ImmutableArray<StateHandle> handles, CancellationToken cancellation)
    {
        var copies = ImmutableArray.CreateBuilder<StateHandle>(handles.Length);
        foreach (var handle in handles)
        {
            copies.Add(handle switch
            {
                StateHandle.InFile file => file with { Crc = await CopyAsync(directory, file, cancellation).ConfigureAwait(false) },
                StateHandle.Inline => handle,
                _ => throw new InvariantException($"a savepoint was to refer to {handle}, which other checkpoints share"),
            });
        }

        return copies.MoveToImmutable();
    }

    private async ValueTask<uint> CopyAsync(SavepointDirectory directory, StateHandle.InFile file, CancellationToken cancellation)
    {
        var from = await context.Job.Store.OpenStateAsync(context.Job.Name, checkpoint, file.Name, cancellation).ConfigureAwait(false);
        await using (from.ConfigureAwait(false))
        {
            var to = directory.Create(file.Name);
            await using (to.ConfigureAwait(false))
            {
                var crc = new Crc32();
                using var buffer = MemoryPool<byte>.Shared.Rent(CopyBytes);
                for (int read; (read = await from.ReadAsync(buffer.Memory, cancellation).ConfigureAwait(false)) > 0;)
                {
                    crc.Append(buffer.Memory.Span[..read]);
                    await to.WriteAsync(buffer.Memory[..read], cancellation).ConfigureAwait(false);
                }

                await to.FlushAsync(cancellation).ConfigureAwait(false);
                return crc.GetCurrentHashAsUInt32() is var sum && sum == file.Crc ? sum
                    : throw new IOException($"the state file {file.Name} in {context.Job.Store.Description} has changed");
            }
        }
    }
}
