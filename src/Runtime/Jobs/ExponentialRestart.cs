namespace Weir;

/// <summary>Waits longer after each failure: semantics G8.</summary>
/// <remarks>Failures that come while a restart is awaited belong to it: they neither lengthen the delay nor count as an attempt.</remarks>
internal sealed record ExponentialRestart(
    TimeSpan Initial,
    TimeSpan Max,
    double Multiplier,
    TimeSpan ResetAfter,
    double Jitter,
    int Attempts)
    : RestartStrategy
{
    /// <summary>Gets the delay before jitter and rounding, in milliseconds: it grows from this, not from what was waited.</summary>
    public double BackoffMs { get; init; }

    public int Failures { get; init; }

    public TimeSpan? RestartAt { get; init; }

    public TimeSpan Wait { get; init; }

    internal override bool MayRestart => Failures <= Attempts;

    internal override TimeSpan Delay => RestartAt is null ? throw NoFailureYet() : Wait;

    internal override RestartStrategy OnFailure(TimeSpan now, Func<double> random)
    {
        if (RestartAt is { } restartAt && now < restartAt)
        {
            return this with { Wait = restartAt - now };
        }

        var isReset = RestartAt is null || now - RestartAt.Value >= ResetAfter;
        var backoff = isReset ? Initial.TotalMilliseconds : Math.Min(BackoffMs * Multiplier, Max.TotalMilliseconds);
        var jitter = Jitter == 0 ? 0 : backoff * Jitter * ((2 * random()) - 1);
        var wait = TimeSpan.FromMilliseconds(Math.Floor(Math.Min(backoff + jitter, Max.TotalMilliseconds)));
        return this with
        {
            BackoffMs = backoff,
            Failures = isReset ? 1 : Failures + 1,
            RestartAt = now + wait,
            Wait = wait,
        };
    }
}
