using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Coordination;
using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Running;

/// <summary>One start of a job, ready to be stepped: fenced, restored, recovered.</summary>
/// <remarks>Whoever steps it is the scheduler's business: threads in production, one thread and a seed in the simulator.</remarks>
internal sealed class JobAttempt : IAsyncDisposable
{
    private readonly AttemptContext _context;

    private JobAttempt(AttemptContext context, long number, IReadOnlyList<ISubtask> subtasks, CheckpointCoordinator coordinator, CheckpointName? restoredFrom)
    {
        _context = context;
        Number = number;
        Subtasks = subtasks;
        Coordinator = coordinator;
        RestoredFrom = restoredFrom;
    }

    /// <summary>Gets which start of the job this is.</summary>
    public long Number { get; }

    public IReadOnlyList<ISubtask> Subtasks { get; }

    public CheckpointCoordinator Coordinator { get; }

    /// <summary>Gets the checkpoint that it continues from; null if it starts from nothing.</summary>
    public CheckpointName? RestoredFrom { get; }

    /// <summary>Gets all that must be stepped until it is done.</summary>
    public IReadOnlyList<IStepper> Steppers => [.. Subtasks, Coordinator];

    /// <summary>
    /// Fences earlier attempts, finds the recovery point, builds the subtasks, deals the state out, restores it, and lets sinks commit and clean up.
    /// </summary>
    public static async ValueTask<JobAttempt> PrepareAsync(AttemptContext context, CancellationToken cancellation)
    {
        var point = await new Recovery(context.Job, context.Store, context.Arbiter, context.OnEvent).FindAsync(cancellation).ConfigureAwait(false);
        IReadOnlyList<ISubtask> subtasks = [];
        try
        {
            if (point.Checkpoint is { } checkpoint)
            {
                RestoreChecks.CheckKeyGroups(checkpoint.Manifest, context.Options);
            }

            var reports = new Mailbox<SubtaskReport>();
            var run = point.Checkpoint?.Manifest.RunId ?? context.NewRun;
            (subtasks, var keyGroupCount) = Build(context, point, run, reports);
            var coordinator = new CheckpointCoordinator(new CoordinatorContext(
                context.Job,
                point.Attempt,
                run,
                point.Last,
                point.Existing,
                keyGroupCount,
                context.Options,
                context.Store,
                context.Arbiter,
                context.Pool,
                subtasks,
                reports,
                context.OnEvent));
            await RestoreAsync(context, point, subtasks, keyGroupCount, cancellation).ConfigureAwait(false);
            return new JobAttempt(context, point.Attempt, subtasks, coordinator, point.Checkpoint?.Manifest.Name);
        }
        catch
        {
            await EndAsync(context, point.Attempt, subtasks).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => EndAsync(_context, Number, Subtasks);

    private static (IReadOnlyList<ISubtask> Subtasks, int KeyGroupCount) Build(
        AttemptContext context, RestorePoint point, RunId run, Mailbox<SubtaskReport> reports)
    {
        try
        {
            var keyGroupCount = point.Checkpoint?.Manifest.KeyGroupCount ?? context.Plan.DefaultKeyGroupCount;
            var settings = new SubtaskPlanSettings(point.Attempt, run, keyGroupCount, reports, context.Pool)
            {
                Warn = warning => context.OnEvent(new JobEvent.Warning(warning, null)),
            };
            return (context.Plan.Build(settings), keyGroupCount);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException && !FailureKinds.IsPermanent(failure))
        {
            // The description itself is wrong: it will be the same next time.
            throw new PlanException($"Job '{context.Job}' cannot be built from its pipeline: {failure.Message}", failure);
        }
    }

    private static async ValueTask RestoreAsync(
        AttemptContext context, RestorePoint point, IReadOnlyList<ISubtask> subtasks, int keyGroupCount, CancellationToken cancellation)
    {
        var states = await StatesAsync(context, point, subtasks, cancellation).ConfigureAwait(false);
        foreach (var chain in subtasks.GroupBy(subtask => subtask.Id.Chain))
        {
            var members = chain.OrderBy(subtask => subtask.Id.Index).ToList();
            var dealt = members[0].Operators
                .Where(stateful => states.ContainsKey(stateful.Id))
                .Select(stateful => Rescaling.Deal(stateful.Id, states[stateful.Id], members.Count, keyGroupCount))
                .ToList();
            foreach (var subtask in members)
            {
                subtask.Restore(dealt.Select(operators => operators[subtask.Id.Index]).ToImmutableSortedDictionary(
                    state => state.Id, state => state, StringComparer.Ordinal));
            }
        }

        // What was decided is committed first everywhere: only then is it known what no checkpoint knows of (I7).
        foreach (var subtask in subtasks)
        {
            await subtask.RecoverAsync(cancellation).ConfigureAwait(false);
        }

        var recovery = new RecoveryContext(point.Checkpoint?.Manifest.Name, point.Damaged)
        {
            Oldest = point.Existing.Count == 0 ? null : point.Existing.Min(checkpoint => checkpoint.Id),
        };
        foreach (var subtask in subtasks)
        {
            await subtask.CleanUpAsync(recovery, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>What each operator's old subtasks remembered. A source that the checkpoint does not know begins with all its splits.</summary>
    private static async ValueTask<SortedDictionary<string, ImmutableArray<OperatorState>>> StatesAsync(
        AttemptContext context, RestorePoint point, IReadOnlyList<ISubtask> subtasks, CancellationToken cancellation)
    {
        var states = new SortedDictionary<string, ImmutableArray<OperatorState>>(StringComparer.Ordinal);
        if (point.Checkpoint is { } checkpoint)
        {
            RestoreChecks.Check(checkpoint.Manifest, CheckpointCoordinator.SchemasOf(subtasks), context.Options);
            foreach (var stateful in checkpoint.Manifest.Operators)
            {
                states[stateful.Id] = checkpoint.StatesOf(stateful);
            }
        }

        foreach (var source in context.Plan.Sources.Where(source => !states.ContainsKey(source)))
        {
            var splits = await context.Plan.ListSplitsAsync(source, Warn, cancellation).ConfigureAwait(false);
            states[source] = Undealt(splits, subtasks);
        }

        return states;

        void Warn(string message) => context.OnEvent(new JobEvent.Warning(message, null));
    }

    // As if by one old subtask more than there are new ones, the others with nothing: so that the splits are dealt out, whatever the parallelism.
    private static ImmutableArray<OperatorState> Undealt(OperatorState splits, IReadOnlyList<ISubtask> subtasks) =>
        [splits, .. Enumerable.Repeat(OperatorState.Empty(splits.Id), subtasks.Count)];

    private static async ValueTask EndAsync(AttemptContext context, long attempt, IReadOnlyList<ISubtask> subtasks)
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

        try
        {
            await context.Store.ReleaseAsync(context.Job, attempt).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            context.OnEvent(new JobEvent.Warning($"The checkpoint store could not be released: {failure.Message}", failure));
        }
    }
}
