namespace Weir.Runtime.Running;

/// <summary>How long a job that was asked to stop, and fails, goes on trying to take its last checkpoint. Pure.</summary>
/// <remarks>
/// Nothing is lost without it: the next start goes on from the checkpoint that there is. So it is worth some attempts, and no more time
/// than those have who wait: a host of .NET 30 seconds, of which <c>Weir.Hosting</c> gives a job 20, and Kubernetes 30. An attempt that has
/// begun to run is not cut short, as it may have much to write: the limits of checkpoints and calls are its own.
/// </remarks>
/// <param name="Failures">How many attempts have failed behind the stop.</param>
/// <param name="Since">Since when the job is to stop, and no attempt runs; null before.</param>
internal readonly record struct StopPatience(int Failures, TimeSpan? Since)
{
    /// <summary>How many attempts may fail.</summary>
    public const int MaxFailures = 3;

    /// <summary>Gets how long attempts may be begun, and prepared, behind the first failure.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets how long to wait between two of them at most.</summary>
    public static TimeSpan LongestDelay { get; } = TimeSpan.FromSeconds(1);

    /// <summary>The job is to stop, and no attempt runs.</summary>
    public StopPatience Begin(TimeSpan now) => Since is null ? this with { Since = now } : this;

    /// <summary>An attempt runs: only the time in which none does counts.</summary>
    public StopPatience OnRunning() => this with { Since = null };

    /// <summary>An attempt has failed.</summary>
    public StopPatience OnFailure(TimeSpan now) => Begin(now) with { Failures = Failures + 1 };

    /// <summary>How much time is left.</summary>
    public TimeSpan Left(TimeSpan now) => Since is { } since ? since + Limit - now : Limit;

    /// <summary>Whether it is enough.</summary>
    public bool IsExhausted(TimeSpan now) => Failures >= MaxFailures || Left(now) <= TimeSpan.Zero;
}
