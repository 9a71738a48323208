using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Weir.Hosting.Health;

/// <summary>Unhealthy when a step of a subtask does not return: only a new process helps then.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="options">The limits, read anew each time.</param>
internal sealed class LiveCheck(IWeirJobs jobs, IOptionsMonitor<WeirOptions> options) : IHealthCheck
{
    // Nobody can tell one from the other from outside.
    private const string Cause =
        "a function does not return, or takes so long for each record that a batch of BatchCapacity records lasts longer than StepTime";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var limit = options.CurrentValue.Health.StepTime;
        var findings = new Findings(context.Registration.FailureStatus);
        foreach (var job in jobs.All)
        {
            var stuck = job.Running?.Progress.Subtasks.FirstOrDefault(subtask => subtask.StepTime > limit);
            findings.Add(
                job.Name,
                stuck is null ? "steps" : $"subtask '{stuck.Name}' has been in one step for {stuck.StepTime}: {Cause}",
                stuck is null ? HealthStatus.Healthy : HealthStatus.Unhealthy);
        }

        return Task.FromResult(findings.Result("subtasks step"));
    }
}
