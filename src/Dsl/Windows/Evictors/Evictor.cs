namespace Weir;

/// <summary>
/// Takes records out of a window whenever it fires, whatever they are. The evictors that there are; all are those of Flink.
/// </summary>
[Deterministic]
public abstract class Evictor
{
    private protected Evictor()
    {
    }

    /// <summary>Keeps the last records that came.</summary>
    /// <param name="count">How many; not negative.</param>
    /// <returns>The evictor.</returns>
    public static Evictor Count(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new CountEvictors(count);
    }

    /// <summary>
    /// Keeps the records whose event times are less than a time before the latest of the window. Does nothing if the first record has no
    /// event time.
    /// </summary>
    /// <param name="keep">How long; not negative.</param>
    /// <returns>The evictor.</returns>
    public static Evictor Time(TimeSpan keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, TimeSpan.Zero);
        return new TimeEvictors(EventTime.Of(keep));
    }

    /// <summary>Takes out the records that differ too much from the last one.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="threshold">Takes out at this difference and above.</param>
    /// <param name="delta">The difference of a record and the last one.</param>
    /// <returns>The evictor.</returns>
    public static Evictor<T> Delta<T>(double threshold, [Deterministic] Func<T, T, double> delta)
    {
        ArgumentNullException.ThrowIfNull(delta);
        return new DeltaEvictor<T>(threshold, delta);
    }

    /// <summary>The evictor for records of a type.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <returns>The evictor.</returns>
    public abstract Evictor<T> For<T>();
}
