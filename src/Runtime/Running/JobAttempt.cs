using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Checkpoints.Manifests;
using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Checkpoints.Store;
using Weir.Runtime.Kernels;
using Weir.Runtime.Planning;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Running;

/// <summary>One start of a job, ready to be stepped: fenced, restored, recovered.</summary>
/// <remarks>Whoever steps it is the scheduler's business: threads in production, one thread and a seed in the simulator.</remarks>
internal sealed class JobAttempt : IAsyncDisposable
{
    private readonly AttemptContext _context;

    private JobAttempt(AttemptContext context, long number, IReadOnlyList<ISubtask> subtasks, CheckpointCoordinator coordinator,
        Manifest? restored)
    {
        _context = context;
        Number = number;
        Subtasks = subtasks;
        Coordinator = coordinator;
        RestoredFrom = restored?.Name;
        HasEndedBefore = restored?.IsFinal == true;
    }

    /// <summary>Gets which start of the job this is.</summary>
    public long Number { get; }

    public IReadOnlyList<ISubtask> Subtasks { get; }

    public CheckpointCoordinator Coordinator { get; }

    /// <summary>Gets the checkpoint that it continues from; null if it starts from nothing.</summary>
    public CheckpointName? RestoredFrom { get; }

    /// <summary>Gets a value indicating whether that checkpoint was taken at the end of all sources.</summary>
    public bool HasEndedBefore { get; }

    /// <summary>Gets a value indicating whether what it continues from is a savepoint, and no checkpoint of its store.</summary>
    public bool HasBegunWithSavepoint { get; private init; }

    /// <summary>Gets all that must be stepped until it is done.</summary>
    public IReadOnlyList<IStepper> Steppers => [.. Subtasks, Coordinator];

    /// <summary>
    /// Fences earlier attempts, finds the recovery point, builds the subtasks, deals the state out, restores it, and lets sinks commit and
    /// clean up.
    /// </summary>
    public static async ValueTask<JobAttempt> PrepareAsync(AttemptContext context, CancellationToken cancellation)
    {
        context.OnCall($"fencing and reading the checkpoints in {context.Store.Description}");
        var recovery = await Recovery.BeginAsync(
            context.Job, context.Store, context.Arbiter, context.NewRun, context.OnEvent, context.Restore, cancellation)
            .ConfigureAwait(false);
        try
        {
            if (context.Options.RestoreFrom is { } path)
            {
                var savepoint = new SavepointDirectory(context.Options.SavepointFiles, path);
                context.OnCall($"reading the savepoint {savepoint.Path}");
                recovery = await recovery.WithAsync(
                    savepoint, context.Arbiter, context.NewRun, context.Restore, !context.IsRestart, cancellation)
                    .ConfigureAwait(false);
            }

            var shelf = await recovery.ShelveAsync(context.Options.RetainedCheckpoints, cancellation).ConfigureAwait(false);
            while (true)
            {
                context.OnCall($"reading a checkpoint in {context.Store.Description}");
                using var checkpoint = await recovery.NextAsync(cancellation).ConfigureAwait(false);
                try
                {
                    return await PrepareAsync(context, recovery, shelf, checkpoint, cancellation).ConfigureAwait(false);
                }
                catch (UnusableCheckpointException damage) when (checkpoint is not null)
                {
                    await recovery.RefuseAsync(checkpoint.Manifest.Name, damage, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch
        {
            await EndAsync(context, recovery.Attempt, []).ConfigureAwait(false);
            throw;
        }
    }

    private static async ValueTask<JobAttempt> PrepareAsync(
        AttemptContext context, Recovery recovery, CheckpointShelf shelf, LoadedCheckpoint? checkpoint, CancellationToken cancellation)
    {
        IReadOnlyList<ISubtask> subtasks = [];
        try
        {
            if (checkpoint is not null)
            {
                RestoreChecks.CheckKeyGroups(checkpoint.Manifest, context.Options);
            }

            var run = recovery.RunOf(checkpoint);
            var keyGroupCount = checkpoint?.Manifest.KeyGroupCount ?? context.Plan.DefaultKeyGroupCount;
            var reports = new Mailbox<SubtaskReport>();
            var inFlight = StoredInFlight.Of(checkpoint);
            var attempt = context.Begin(recovery.Attempt, run, keyGroupCount) with
            {
                InFlight = inFlight.Edges,
                BeginsWithSavepoint = recovery.Savepoint is not null,
            };
            var folds = checkpoint is null ? StoredFolds.None : StoredFolds.Of(checkpoint.Manifest.Operators.Select(
                stateful => (stateful.Id, (IReadOnlyList<SchemaMember>)stateful.Schemas)));
            subtasks = Build(context, attempt, reports, folds);
            var coordinator = new CheckpointCoordinator(new CoordinatorContext(
                attempt, recovery.Last, shelf, context.Options, context.Arbiter, subtasks, reports, context.OnEvent)
            {
                Origins = recovery.OriginsOf(checkpoint),
                Requests = context.Control.Requests,
                History = context.Control.History,
                OnCommitted = context.OnCommitted,
            });
            await RestoreAsync(context, checkpoint, subtasks, keyGroupCount, cancellation).ConfigureAwait(false);
            RestoreInFlight(context, checkpoint, inFlight, subtasks);
            if (checkpoint is not null)
            {
                recovery.Restored(checkpoint.Manifest.Name);
            }

            var begin = new RecoveryContext(checkpoint?.Manifest.Name, recovery.Damaged) { Oldest = recovery.Oldest };
            await RecoverAsync(context, begin, subtasks, cancellation).ConfigureAwait(false);
            return new JobAttempt(context, recovery.Attempt, subtasks, coordinator, checkpoint?.Manifest)
            {
                HasBegunWithSavepoint = recovery.Savepoint is not null,
            };
        }
        catch
        {
            await DisposeAsync(context, subtasks).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => EndAsync(_context, Number, Subtasks);

    private static IReadOnlyList<ISubtask> Build(
        AttemptContext context, JobContext attempt, Mailbox<SubtaskReport> reports, StoredFolds folds)
    {
        try
        {
            return context.Plan.Build(attempt, reports, folds);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException && !FailureKinds.IsPermanent(failure))
        {
            // The description itself is wrong: it will be the same next time.
            throw new PlanException($"Job '{context.Job}' cannot be built from its pipeline: {failure.Message}", failure);
        }
        catch (Exception failure) when (!FailureKinds.IsPermanent(failure) && !RepeatedFailure.IsOutside(failure))
        {
            throw new UnbuiltException(context.Job, failure);
        }
    }

    private static async ValueTask RestoreAsync(
        AttemptContext context, LoadedCheckpoint? checkpoint, IReadOnlyList<ISubtask> subtasks, int keyGroupCount,
            CancellationToken cancellation)
    {
        var states = await StatesAsync(context, checkpoint, subtasks, cancellation).ConfigureAwait(false);
        foreach (var chain in subtasks.GroupBy(subtask => subtask.Id.Chain))
        {
            var members = chain.OrderBy(subtask => subtask.Id.Index).ToList();
            var dealt = members[0].Operators
                .Where(stateful => states.ContainsKey(stateful.Id))
                .Select(stateful => Rescaling.Deal(stateful.Id, states[stateful.Id], members.Count, keyGroupCount))
                .ToList();
            foreach (var subtask in members)
            {
                context.OnCall($"restoring {subtask.Name}");
                Restore(subtask, checkpoint, () => subtask.Restore(dealt.Select(operators => operators[subtask.Id.Index])
                    .ToImmutableSortedDictionary(state => state.Id, state => state, StringComparer.Ordinal)));
            }
        }
    }

    private static void RestoreInFlight(
        AttemptContext context, LoadedCheckpoint? checkpoint, StoredInFlight inFlight, IReadOnlyList<ISubtask> subtasks)
    {
        inFlight.Check(subtasks, context.Options, context.Warn);
        foreach (var subtask in subtasks)
        {
            if (inFlight.For(subtask) is { } stored)
            {
                context.OnCall($"restoring what was in flight in front of {subtask.Name}");
                Restore(subtask, checkpoint, () => subtask.RestoreInFlight(stored));
            }
        }
    }

    private static void Restore(ISubtask subtask, LoadedCheckpoint? checkpoint, Action restore)
    {
        try
        {
            restore();
        }
        catch (Exception damage) when (checkpoint is not null && IsDamage(damage))
        {
            // Its checksum is right, and still nobody can read it: as good as damaged. The one before may do.
            throw new UnusableCheckpointException($"state of {subtask.Name}", damage.Message, damage);
        }
    }

    // Not what says by its kind that it will be the same next time, nor a store that cannot be read just now.
    private static bool IsDamage(Exception failure) => !FailureKinds.IsPermanent(failure) && !DamagedStateException.IsTrouble(failure);

    private static async ValueTask RecoverAsync(
        AttemptContext context, RecoveryContext recovery, IReadOnlyList<ISubtask> subtasks, CancellationToken cancellation)
    {
        // What was decided is committed first everywhere: only then is it known what no checkpoint knows of (I7).
        foreach (var subtask in subtasks)
        {
            context.OnCall($"committing what {subtask.Name} had pre-committed before the restart");
            await subtask.RecoverAsync(cancellation).ConfigureAwait(false);
        }

        foreach (var subtask in subtasks)
        {
            context.OnCall($"cleaning up what {subtask.Name} had left before the restart");
            await subtask.CleanUpAsync(recovery, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What each operator's old subtasks remembered. A source that the checkpoint does not know begins with all its splits.
    /// </summary>
    private static async ValueTask<SortedDictionary<string, ImmutableArray<OperatorState>>> StatesAsync(
        AttemptContext context, LoadedCheckpoint? loaded, IReadOnlyList<ISubtask> subtasks, CancellationToken cancellation)
    {
        var states = new SortedDictionary<string, ImmutableArray<OperatorState>>(StringComparer.Ordinal);
        if (loaded is { } checkpoint)
        {
            var manifest = StoredInFlight.Without(checkpoint.Manifest);
            var schemas = CheckpointCoordinator.SchemasOf(subtasks);
            foreach (var remark in RestoreChecks.Check(manifest, schemas, context.Options, context.Plan.OwnIds))
            {
                context.Warn(remark);
            }

            foreach (var stateful in StoredInFlight.Without(checkpoint.Manifest).Operators)
            {
                states[stateful.Id] = checkpoint.StatesOf(stateful);
            }
        }

        foreach (var source in context.Plan.Sources.Where(source => !states.ContainsKey(source)))
        {
            context.OnCall($"listing the splits of {source}");
            var splits = await context.Plan.ListSplitsAsync(source, context.Warn, cancellation).ConfigureAwait(false);
            states[source] = Undealt(splits, subtasks);
        }

        return states;
    }

    // As if by one old subtask more than there are new ones, the others with nothing: so that the splits are dealt out, whatever the
    // parallelism.
    private static ImmutableArray<OperatorState> Undealt(OperatorState splits, IReadOnlyList<ISubtask> subtasks) =>
        [splits, .. Enumerable.Repeat(OperatorState.Empty(splits.Id), subtasks.Count)];

    private static async ValueTask EndAsync(AttemptContext context, long attempt, IReadOnlyList<ISubtask> subtasks)
    {
        await DisposeAsync(context, subtasks).ConfigureAwait(false);
        try
        {
            await context.Store.ReleaseAsync(context.Job, attempt).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            context.OnEvent(new JobEvent.Warning($"The checkpoint store could not be released: {failure.Message}", failure));
        }
    }

    private static async ValueTask DisposeAsync(AttemptContext context, IReadOnlyList<ISubtask> subtasks)
    {
        foreach (var subtask in subtasks)
        {
            try
            {
                await subtask.DisposeAsync().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The attempt has ended, well or badly; how it ended matters more than what could not be closed.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                context.OnEvent(new JobEvent.Warning($"Subtask {subtask.Name} could not be closed: {failure.Message}", failure));
            }
        }
    }
}
