namespace Weir.Hosting;

/// <summary>What holds for all jobs of a host: section <c>Weir</c> of the configuration.</summary>
public sealed class WeirOptions
{
    /// <summary>
    /// Gets or sets how long the host waits, when it stops, for each job's last checkpoint. All jobs stop at the same time. A job that
    /// needs longer is cancelled: its next start reads again what has come since its newest checkpoint, and nothing is lost or doubled. 20
    /// seconds by default; not more than <c>HostOptions.ShutdownTimeout</c>, which is 30.
    /// </summary>
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Gets or sets a value indicating whether the host stops, with exit code 1, when a job fails for good. True by default: whoever
    /// watches the process (Kubernetes, systemd) sees it and starts it again. False leaves the host running; the check <c>weir-ready</c> is
    /// unhealthy from then on.
    /// </summary>
    public bool StopHostOnFailure { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether the host stops when all jobs have come to the end of their sources. False by default.
    /// </summary>
    public bool StopHostWhenFinished { get; set; }

    /// <summary>Gets the limits of health checks.</summary>
    public HealthLimits Health { get; } = new();
}
