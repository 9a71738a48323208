namespace Weir.Runtime.Scheduling;

/// <summary>How long one call of a sink, a store or an arbiter may take before the attempt that waits for it is given up.</summary>
/// <param name="Limit">The time.</param>
/// <param name="Time">The clock; its monotonic part.</param>
public sealed record CallLimit(TimeSpan Limit, TimeProvider Time)
{
    /// <summary>No limit: for scripts that call everything themselves.</summary>
    public static readonly CallLimit None = new(Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>Begins to watch a call.</summary>
    /// <param name="name">What it does, for the message.</param>
    /// <returns>What to ask while it has not ended.</returns>
    internal CallWatch Begin(string name) => new(name, this, Time.GetTimestamp());
}

/// <summary>One call that is being waited for.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Limit">How long it may take.</param>
/// <param name="Started">When it began, by the clock of the limit.</param>
internal readonly record struct CallWatch(string Name, CallLimit Limit, long Started)
{
    /// <summary>Gets a value indicating whether it has taken too long.</summary>
    public bool IsOver => Limit.Limit != Timeout.InfiniteTimeSpan && Limit.Time.GetElapsedTime(Started) >= Limit.Limit;

    /// <summary>Gets how long it may take yet; infinite if there is no limit.</summary>
    public TimeSpan Left => Limit.Limit == Timeout.InfiniteTimeSpan ? Limit.Limit
        : Limit.Limit - Limit.Time.GetElapsedTime(Started) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>Gets when it will have taken too long: the moment to look again.</summary>
    public Deadline Due =>
        Limit is null || Limit.Limit == Timeout.InfiniteTimeSpan ? Deadline.Never : Deadline.After(Limit.Time, Started, Limit.Limit);

    /// <summary>Throws if it has taken too long.</summary>
    /// <exception cref="CallTimeoutException">It has.</exception>
    public void Check()
    {
        if (IsOver)
        {
            throw new CallTimeoutException(Name, Limit.Limit);
        }
    }
}
