namespace Weir;

/// <summary>What the function of a window sees besides the records: of one key and window, for the duration of one call.</summary>
/// <typeparam name="TKey">The key.</typeparam>
public abstract class WindowContext<TKey>
{
    private protected WindowContext()
    {
    }

    /// <summary>Gets the key.</summary>
    public abstract TKey Key { get; }

    /// <summary>Gets the window.</summary>
    public abstract TimeWindow Window { get; }

    /// <summary>Gets the watermark in microseconds since the Unix epoch; <see cref="long.MinValue"/> while there is none.</summary>
    public abstract long Watermark { get; }

    /// <summary>Gets the job's clock in microseconds since the Unix epoch.</summary>
    public abstract long ProcessingTime { get; }

    /// <summary>Puts out a record beside the results. Its event time is the last microsecond of the window.</summary>
    /// <typeparam name="TSide">The records of the side output.</typeparam>
    /// <param name="side">Where to. If nobody takes its records, it is dropped.</param>
    /// <param name="record">The record.</param>
    public abstract void Emit<TSide>(SideOutput<TSide> side, TSide record);
}

/// <inheritdoc/>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
public abstract class WindowContext<TKey, TOut> : WindowContext<TKey>
{
    private protected WindowContext()
    {
    }

    /// <summary>Puts out a result. Its event time is the last microsecond of the window (semantics R8).</summary>
    /// <param name="result">The result.</param>
    public abstract void Emit(TOut result);
}
