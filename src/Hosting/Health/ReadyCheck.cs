using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Weir.Hosting.Health;

/// <summary>Unhealthy while a job restores its state, restarts or stops, and once it has failed for good.</summary>
/// <param name="jobs">The jobs.</param>
internal sealed class ReadyCheck(WeirJobs jobs) : IHealthCheck
{
    private const string Runs = "runs";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = new Findings(context.Registration.FailureStatus);
        foreach (var job in jobs.All.Cast<HostedJob>())
        {
            var (isReady, what) = Judge(job);
            findings.Add(job.Name, what, isReady ? HealthStatus.Healthy : HealthStatus.Unhealthy, isUsual: what == Runs);
            if (job.Running?.Progress.Restored is { } share)
            {
                findings.Note($"{job.Name}.restored", Math.Round(100 * share, 1));
            }
        }

        return Task.FromResult(findings.Result("jobs run"));
    }

    private static (bool IsReady, string What) Judge(HostedJob job)
    {
        if (job.Failure is { } failure)
        {
            return (false, $"has failed for good: {failure.Message}");
        }

        if (job.IsStopping)
        {
            return (false, "is stopping");
        }

        if (job.Running is not { } running)
        {
            return job.IsFinished ? (true, "does not run here") : (false, "has not been started");
        }

        return Judge(running.Progress, running.Completion);
    }

    /// <summary>What the state of a job that was started means.</summary>
    internal static (bool IsReady, string What) Judge(JobProgress progress, Task<JobResult>? end = null) =>
        progress.State switch
        {
            JobState.Running => (true, Runs),
            JobState.Ended => (true, end is not { IsCompletedSuccessfully: true } ? "has ended"
                : end.Result.IsStopped ? "was stopped, and everything is committed"
                : "has come to the end of its sources"),
            JobState.Restarting => (false, string.Create(
                CultureInfo.InvariantCulture,
                $"waits {progress.RestartIn?.TotalSeconds ?? 0:0} s for its restart{After(progress.LastFailure)}")),
            _ => (false, (progress.Restored is { } share
                ? string.Create(CultureInfo.InvariantCulture, $"restores its state: {100 * share:0} %")
                : "starts") + After(progress.LastFailure)),
        };

    private static string After(Exception? failure) => failure is null ? "" : $", after a failure: {failure.Message}";
}
