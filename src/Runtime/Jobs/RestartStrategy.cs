namespace Weir;

/// <summary>
/// Whether and when a failed job starts again. A value: what it remembers of earlier failures is part of it, and a failure makes the next
/// value.
/// </summary>
public abstract record RestartStrategy
{
    private protected RestartStrategy()
    {
    }

    /// <summary>Gets the strategy that never restarts: the first failure is the job's.</summary>
    public static RestartStrategy None { get; } = new NoRestart();

    /// <summary>Gets a value indicating whether the job may restart after the failures so far.</summary>
    internal abstract bool MayRestart { get; }

    /// <summary>Gets how long to wait before the restart.</summary>
    /// <exception cref="InvalidOperationException">There was no failure yet.</exception>
    internal abstract TimeSpan Delay { get; }

    /// <summary>Waits the same time before each restart.</summary>
    /// <param name="attempts">How many restarts there may be in all.</param>
    /// <param name="delay">How long to wait.</param>
    /// <returns>The strategy.</returns>
    public static RestartStrategy FixedDelay(int attempts, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new FixedDelayRestart(attempts, delay);
    }

    /// <summary>Waits longer after each failure, until the job has run well for a while. The default.</summary>
    /// <param name="initial">The first delay; 1 second by default.</param>
    /// <param name="max">The longest delay, jitter included; 1 minute by default.</param>
    /// <param name="multiplier">What a delay is multiplied with for the next; 1.5 by default.</param>
    /// <param name="resetAfter">How long the job must have run since its restart for the delay to begin anew; 1 hour by default.</param>
    /// <param name="jitter">The share of a delay by which chance lengthens or shortens it, 0 to 1, so that jobs that failed together do not
    /// return together; 0.1 by default.</param>
    /// <param name="attempts">How many restarts there may be before the delay has been reset; no limit by default.</param>
    /// <returns>The strategy.</returns>
    public static RestartStrategy Exponential(
        TimeSpan? initial = null,
        TimeSpan? max = null,
        double multiplier = 1.5,
        TimeSpan? resetAfter = null,
        double jitter = 0.1,
        int attempts = int.MaxValue)
    {
        var first = initial ?? TimeSpan.FromSeconds(1);
        var longest = max ?? TimeSpan.FromMinutes(1);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, TimeSpan.FromMilliseconds(1), nameof(initial));
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, first, nameof(max));
        ArgumentOutOfRangeException.ThrowIfLessThan(multiplier, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(jitter, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jitter, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        return new ExponentialRestart(first, longest, multiplier, resetAfter ?? TimeSpan.FromHours(1), jitter, attempts);
    }

    /// <summary>Restarts as long as failures do not come too fast.</summary>
    /// <param name="maxFailures">How many failures an interval may hold.</param>
    /// <param name="interval">The interval.</param>
    /// <param name="delay">How long to wait before each restart.</param>
    /// <returns>The strategy.</returns>
    public static RestartStrategy FailureRate(int maxFailures, TimeSpan interval, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFailures, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new FailureRateRestart(maxFailures, interval, delay);
    }

    /// <summary>The strategy after a failure.</summary>
    /// <param name="now">When the job failed, on any clock that only goes forward.</param>
    /// <param name="random">Chance, for jitter: at least 0, less than 1.</param>
    /// <returns>What it has become.</returns>
    internal abstract RestartStrategy OnFailure(TimeSpan now, Func<double> random);

    private protected static InvalidOperationException NoFailureYet() => new("The delay before a restart is known only after a failure.");
}
