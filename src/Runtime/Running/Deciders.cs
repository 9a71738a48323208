using Weir.Runtime.Checkpoints.Restore;
using Weir.Runtime.Checkpoints.Store;

namespace Weir.Runtime.Running;

/// <summary>Finds out who decides which checkpoint of a job counts. Pure, but for the arbiter that is made.</summary>
internal static class Deciders
{
    /// <summary>The arbiter of a job: what the options name; else that of its sinks, if one decides; else the store.</summary>
    /// <exception cref="PlanException">Sinks of several places would decide.</exception>
    public static ICheckpointArbiter ArbiterOf(
        string job,
        ISubtaskPlan plan,
        JobOptions options,
        ICheckpointStore store,
        JobMonitor monitor,
        Action requestCheckpoint)
    {
        if (options.Arbiter is { } named)
        {
            return named;
        }

        var sinks = plan.Deciders;
        var domains = sinks.Select(sink => sink.Domain).Distinct().ToList();
        return domains.Count switch
        {
            0 => new StoreArbiter(job, store),
            1 => sinks[0].Decide(new ArbiterContext(job, store, options.TimeProvider)
            {
                CheckpointInterval = options.CheckpointInterval,
                Savepoint = options.RestoreFrom,
                HasBegunWithSavepoint = options.RestoreFrom is { } path
                    ? (candidates, cancellation) => SavepointLineage.HasBegunAsync(
                        job, store, new SavepointDirectory(options.SavepointFiles, path), candidates, cancellation)
                    : static (_, _) => ValueTask.FromResult(false),
                CallTimeout = options.CallLimit.Limit,
                Sinks = sinks,
                Sources = plan.Inputs,
                Meter = monitor.Meter,
                RequestCheckpoint = requestCheckpoint,
                Note = text => monitor.On(new JobEvent.Note(text)),
                Alarm = text => monitor.On(new JobEvent.Warning(text, null) { IsUrgent = true }),
                Warn = text => monitor.On(new JobEvent.Warning(text, null)),
            }),
            _ => throw new PlanException(
                $"Job '{job}' writes to {string.Join(" and to ", domains)}, and each would decide which checkpoint counts: that can be one "
                    + "place alone. Let the others follow, or write to one place."),
        };
    }
}
