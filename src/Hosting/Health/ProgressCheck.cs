using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Weir.Hosting.Health;

/// <summary>
/// Degraded when a job does not get on: its newest checkpoint is old, a commit hangs, event time is far behind the clock, or it has failed.
/// </summary>
/// <remarks>A job that fails and restarts again and again is seen by the age of its newest checkpoint.</remarks>
/// <param name="jobs">The jobs.</param>
/// <param name="options">The limits, read anew each time.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressCheck(WeirJobs jobs, IOptionsMonitor<WeirOptions> options, TimeProvider time) : IHealthCheck
{
    // A checkpoint may fail and another take long before anybody need be woken.
    private const int Intervals = 3;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var limits = options.CurrentValue.Health;
        var findings = new Findings(context.Registration.FailureStatus);
        foreach (var job in jobs.All.Cast<HostedJob>())
        {
            if (job.Failure is { } failure)
            {
                findings.Add(job.Name, $"has failed for good: {failure.Message}", HealthStatus.Degraded);
            }
            else if (job.Running is not { Progress: { State: not JobState.Ended } progress } running)
            {
                findings.Add(job.Name, "does not run", HealthStatus.Healthy, isUsual: false);
            }
            else
            {
                Judge(job, running, progress, limits, findings);
            }
        }

        return Task.FromResult(findings.Result("jobs get on"));
    }

    private void Judge(HostedJob job, RunningJob running, JobProgress progress, HealthLimits limits, Findings findings)
    {
        // Before the first checkpoint of this run its age is that of the run.
        var age = progress.CheckpointAge ?? progress.Elapsed;
        var lag = progress.Watermark is { } watermark ? time.GetUtcNow() - watermark : (TimeSpan?)null;
        findings.Note($"{job.Name}.state", progress.State.ToString());
        findings.Note($"{job.Name}.checkpointAge", age);
        findings.Note($"{job.Name}.watermarkLag", lag?.ToString() ?? "no watermark");
        findings.Note($"{job.Name}.recordsIn", progress.RecordsIn);
        findings.Note($"{job.Name}.restarts", progress.Restarts);
        var complaint = progress.Committing > limits.CommitTime
            ? $"has been committing {progress.LastCheckpoint} for {progress.Committing}: a sink hangs, and nothing new is visible"
            : age > (limits.CheckpointAge ?? Intervals * job.Interval) ? $"has no checkpoint younger than {age}{Why(running, progress)}"
            : lag > limits.WatermarkLag ? $"is {lag} of event time behind the clock"
            : null;
        findings.Add(job.Name, complaint ?? "gets on", complaint is null ? HealthStatus.Healthy : HealthStatus.Degraded);
    }

    private static string Why(RunningJob running, JobProgress progress) =>
        progress is { State: not JobState.Running, LastFailure: { } failure }
            ? $", for it has failed {progress.Restarts + 1} times, last with: {failure.Message}"
        : running.Checkpoints.FirstOrDefault(checkpoint => checkpoint.State == CheckpointState.Failed) is { Failure: { } reason } failed
            && failed.Name >= (progress.LastCheckpoint ?? failed.Name)
            ? $": {failed.Name} was given up, for {reason}"
        : "";
}
