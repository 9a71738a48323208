namespace Weir.Hosting;

/// <summary>What happens after a failure: section <c>Restart</c> of a job's settings. See <see cref="RestartStrategy"/>.</summary>
public sealed class RestartSettings
{
    /// <summary>Gets or sets the strategy; null for that of <see cref="JobOptions"/>, unless another setting is given.</summary>
    public RestartKind? Strategy { get; set; }

    /// <summary>Gets or sets how many restarts there may be: of <c>FixedDelay</c> (3 if it is not given) and <c>Exponential</c>.</summary>
    public int? Attempts { get; set; }

    /// <summary>
    /// Gets or sets the delay: of <c>FixedDelay</c> and <c>FailureRate</c>, and the first one of <c>Exponential</c>. 1 second by default.
    /// </summary>
    public TimeSpan? Delay { get; set; }

    /// <summary>Gets or sets the longest delay of <c>Exponential</c>. 1 minute by default.</summary>
    public TimeSpan? MaxDelay { get; set; }

    /// <summary>Gets or sets what <c>Exponential</c> multiplies a delay with for the next. 1.5 by default.</summary>
    public double? Multiplier { get; set; }

    /// <summary>
    /// Gets or sets how long a job must have run well for the delay of <c>Exponential</c> to begin anew. 1 hour by default.
    /// </summary>
    public TimeSpan? ResetAfter { get; set; }

    /// <summary>Gets or sets how many failures an interval of <c>FailureRate</c> may hold. 3 by default.</summary>
    public int? MaxFailures { get; set; }

    /// <summary>Gets or sets the interval of <c>FailureRate</c>. 10 minutes by default.</summary>
    public TimeSpan? Interval { get; set; }

    /// <summary>The strategy; null if nothing was said.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal RestartStrategy? ToStrategy()
    {
        var delay = Delay ?? TimeSpan.FromSeconds(1);
        return Strategy switch
        {
            RestartKind.None => RestartStrategy.None,
            RestartKind.FixedDelay => RestartStrategy.FixedDelay(Attempts ?? 3, delay),
            RestartKind.FailureRate => RestartStrategy.FailureRate(MaxFailures ?? 3, Interval ?? TimeSpan.FromMinutes(10), delay),
            null when IsEmpty => null,
            _ => RestartStrategy.Exponential(
                delay, MaxDelay, Multiplier ?? 1.5, ResetAfter, attempts: Attempts ?? int.MaxValue),
        };
    }

    private bool IsEmpty =>
        (Attempts, Delay, MaxDelay, Multiplier, ResetAfter, MaxFailures, Interval) is (null, null, null, null, null, null, null);
}
