using Weir.Runtime.Running;

namespace Weir;

/// <summary>Runs jobs in console programs.</summary>
public static class JobConsole
{
    /// <summary>
    /// Runs a job until its sources end, or until Ctrl-C or SIGTERM stops it: then it takes a last checkpoint, commits everything, and the
    /// next start reads nothing twice. A second Ctrl-C does not wait for that.
    /// </summary>
    /// <remarks>
    /// What is said of a stop goes to standard error. In a .NET host use the package <c>Weir.Hosting</c>, which has a limit for the last
    /// checkpoint; here whoever sends the signal has one: Kubernetes 30 seconds, <c>docker stop</c> 10. A second SIGTERM changes nothing. A
    /// job that cannot take its last checkpoint, since nothing answers that it needs, gives up as <see cref="RunningJob.StopAsync"/> does.
    /// </remarks>
    /// <param name="job">The job.</param>
    /// <param name="options">How; null for <c>new JobOptions()</c>.</param>
    /// <param name="savepoints">
    /// A directory: a signal then also makes a savepoint of the last checkpoint, in a new directory below it. Null for none.
    /// </param>
    /// <returns>What the job did; <see cref="JobResult.IsStopped"/> is true if a signal stopped it.</returns>
    /// <exception cref="JobException">It failed for good, or was to stop and did not come to its last checkpoint.</exception>
    /// <exception cref="OperationCanceledException">A second Ctrl-C ended it without a last checkpoint.</exception>
    public static Task<JobResult> RunConsoleAsync(this Job job, JobOptions? options = null, string? savepoints = null) =>
        RunAsync(job, options ?? new JobOptions(), savepoints, new ProcessSignals(), Console.Error);

    /// <summary>The same, with what it listens and writes to.</summary>
    internal static async Task<JobResult> RunAsync(
        Job job, JobOptions options, string? savepoints, IStopSignals signals, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(job);
        // Left to the collector: a signal may be on its way when the job has ended.
#pragma warning disable CA2000
        var cancel = new CancellationTokenSource();
#pragma warning restore CA2000
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = signals.Listen(isInterrupt =>
        {
            if (!asked.TrySetResult() && isInterrupt)
            {
                cancel.Cancel();
            }
        });
        var running = job.Start(options, cancel.Token);
        if (await Task.WhenAny(running.Completion, asked.Task).ConfigureAwait(false) == running.Completion)
        {
            return await running.Completion.ConfigureAwait(false);
        }

        await errors.WriteLineAsync($"Job '{job.Name}' stops with a last checkpoint. Ctrl-C once more ends it without.")
            .ConfigureAwait(false);
        try
        {
            return savepoints is null
                ? await running.StopAsync(CancellationToken.None).ConfigureAwait(false)
                : await SaveAsync(running, SavepointNames.In(savepoints, job.Name, options.TimeProvider.GetUtcNow()), errors)
                    .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync(
                $"Job '{job.Name}' ended without a last checkpoint. Its next start goes on from "
                    + $"{running.Progress.LastCheckpoint?.ToString() ?? "the beginning"}, and nothing is lost or doubled.")
                .ConfigureAwait(false);
            throw;
        }
    }

    // Without a savepoint it stops all the same: that is what the signal asked for.
    private static async Task<JobResult> SaveAsync(RunningJob running, string directory, TextWriter errors)
    {
        try
        {
            var result = await running.StopWithSavepointAsync(directory, CancellationToken.None).ConfigureAwait(false);
            await errors.WriteLineAsync($"Its savepoint is {result.SavepointDirectory}.").ConfigureAwait(false);
            return result;
        }
        catch (CheckpointFailedException failure)
        {
            await errors.WriteLineAsync($"There is no savepoint: {failure.Message} It stops with a last checkpoint alone.")
                .ConfigureAwait(false);
            return await running.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
