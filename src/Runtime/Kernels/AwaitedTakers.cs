namespace Weir.Runtime.Kernels;

/// <summary>
/// Knows when sinks of an attempt waited for whoever takes their records: a reader, a function. How long those take is theirs to say, so
/// the time-out of checkpoints does not run meanwhile. Any thread may call it.
/// </summary>
internal sealed class AwaitedTakers
{
    private int _count;
    private long _last = long.MinValue;

    /// <summary>A sink begins to wait.</summary>
    public void Begin() => Interlocked.Increment(ref _count);

    /// <summary>A sink has waited.</summary>
    /// <param name="now">The timestamp of the clock.</param>
    public void End(long now)
    {
        Volatile.Write(ref _last, now);
        Interlocked.Decrement(ref _count);
    }

    /// <summary>Until when any sink has waited.</summary>
    /// <param name="now">The timestamp of the clock.</param>
    /// <returns>A timestamp; null if none has.</returns>
    public long? Until(long now) => Volatile.Read(ref _count) > 0 ? now
        : Volatile.Read(ref _last) is var last && last == long.MinValue ? null : last;
}
