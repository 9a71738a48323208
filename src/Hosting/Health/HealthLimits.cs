namespace Weir.Hosting;

/// <summary>Limits of the health checks: section <c>Weir:Health</c>. They may be changed while the host runs.</summary>
public sealed class HealthLimits
{
    /// <summary>
    /// Gets or sets how long one step of a subtask may last before <c>weir-live</c> is unhealthy: a step takes one batch, so one of minutes
    /// hangs in a function that does not return. 5 minutes by default.
    /// </summary>
    public TimeSpan StepTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets the age of a job's newest checkpoint from which on <c>weir-progress</c> is degraded. Null, the default, is three times
    /// the interval, and no limit for a job without one.
    /// </summary>
    public TimeSpan? CheckpointAge { get; set; }

    /// <summary>
    /// Gets or sets how long sinks may take to commit a checkpoint that exists before <c>weir-progress</c> is degraded. 1 minute by
    /// default.
    /// </summary>
    public TimeSpan CommitTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Gets or sets how far event time may be behind the clock before <c>weir-progress</c> is degraded. Null, the default, is no limit.
    /// </summary>
    public TimeSpan? WatermarkLag { get; set; }
}
