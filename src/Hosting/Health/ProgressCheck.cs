using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Weir.Hosting.Health;

/// <summary>Degraded when a job runs but does not get on: its newest checkpoint is old, or event time is far behind the clock.</summary>
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
            if (job.Running?.Progress is not { State: JobState.Running } progress)
            {
                findings.Add(job.Name, "does not run", HealthStatus.Healthy, isUsual: false);
                continue;
            }

            // Before the first checkpoint of this run its age is that of the run.
            var age = progress.CheckpointAge ?? progress.Elapsed;
            var lag = progress.Watermark is { } watermark ? time.GetUtcNow() - watermark : (TimeSpan?)null;
            var isOld = age > (limits.CheckpointAge ?? Intervals * job.Interval);
            var isBehind = lag > limits.WatermarkLag;
            findings.Note($"{job.Name}.checkpointAge", age);
            findings.Note($"{job.Name}.watermarkLag", lag?.ToString() ?? "no watermark");
            findings.Note($"{job.Name}.recordsIn", progress.RecordsIn);
            findings.Add(
                job.Name,
                isOld ? $"has no checkpoint younger than {age}" : isBehind ? $"is {lag} of event time behind the clock" : "gets on",
                isOld || isBehind ? HealthStatus.Degraded : HealthStatus.Healthy);
        }

        return Task.FromResult(findings.Result("jobs get on"));
    }
}
