using System.Security.Cryptography;
using Weir.Graph;
using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Running;
using Weir.Runtime.State;

namespace Weir;

/// <summary>Runs jobs.</summary>
public static class JobRunner
{
    /// <summary>
    /// Runs a job to the end of its sources: with the checkpoints of an earlier run from the newest of them, else from the beginning.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="options">How; null for <c>new JobOptions()</c>.</param>
    /// <param name="cancellation">Stops the job after its present step. Its checkpoints are kept, no further one is taken.</param>
    /// <returns>What it did.</returns>
    /// <exception cref="JobException">It failed for good.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Task<JobResult> RunAsync(this Job job, JobOptions? options = null, CancellationToken cancellation = default) =>
        job.Start(options, cancellation).Completion;

    /// <summary>Starts a job and returns at once.</summary>
    /// <param name="job">The job.</param>
    /// <param name="options">How; null for <c>new JobOptions()</c>.</param>
    /// <param name="cancellation">Stops the job after its present step. Its checkpoints are kept, no further one is taken.</param>
    /// <returns>The running job.</returns>
    public static RunningJob Start(this Job job, JobOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        options ??= new JobOptions();
        options.Check();
        foreach (var stage in job.Graph.Stages)
        {
            (stage as IBoundaryStage)?.Needing?.FindIn(options.Services);
        }

        var monitor = new JobMonitor(job.Name, options);
        if (MemoryOnly.Doubt(job, options) is { } doubt)
        {
            monitor.On(new JobEvent.Warning(doubt, null));
        }

        // A secret of this process: who knew it could choose keys that meet in one slot of a table.
        var seed = KeySeed.Of(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        var control = new JobControl(job.Name, options.TimeProvider, options.SavepointFiles);
        return new RunningJob(
            job.Name,
            RunAsync(job.Name, new PipelinePlan(job, options, seed), options, monitor, cancellation, control),
            monitor.Progress,
            control);
    }

    /// <summary>Runs what a plan builds.</summary>
    internal static async Task<JobResult> RunAsync(
        string job, ISubtaskPlan plan, JobOptions options, JobMonitor monitor, CancellationToken cancellation, JobControl? control = null)
    {
        var own = options.CheckpointStore is not null ? null
            : options.CheckpointDirectory is { } directory ? (ICheckpointStore)new FileCheckpointStore(directory)
                : new MemoryCheckpointStore();
        ICheckpointArbiter? arbiter = null;
        try
        {
            var store = options.CheckpointStore ?? own!;
            control ??= new JobControl(job, options.TimeProvider, options.SavepointFiles);
            arbiter = Deciders.ArbiterOf(
                job, plan, options, store, monitor, () => _ = control.Requests.AskAsync(RequestKind.Checkpoint, default));
            var loop = new JobLoop(job, NewRun(), plan, options, store, arbiter, monitor)
            {
                Control = control,
            };
            using var standstills = new StandstillWatch(monitor, options.TimeProvider);
            return await loop.RunAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            if (arbiter != options.Arbiter)
            {
                (arbiter as IDisposable)?.Dispose();
            }

            (own as IDisposable)?.Dispose();
            await monitor.DisposeAsync().ConfigureAwait(false);
        }
    }

    // The one place where chance comes in. It decides nothing but a name: a replay of the same checkpoint carries the same on.
    private static RunId NewRun() => new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
}
