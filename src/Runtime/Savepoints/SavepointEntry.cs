namespace Weir.Runtime.Savepoints;

/// <summary>An entry of a state, or a timer.</summary>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TValue">The value.</typeparam>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; the default for timers.</param>
public readonly record struct SavepointEntry<TKey, TValue>(TKey Key, TValue Value)
{
    /// <summary>
    /// Gets the namespace, as its schema says: the start of a window in microseconds since the Unix epoch, the name of a timer; null where
    /// there is none.
    /// </summary>
    public object? Namespace { get; init; }

    /// <summary>
    /// Gets when a value that expires was updated last, by processing time; null where it does not expire, or its items do one by one.
    /// </summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>
    /// Gets the time that a timer is set to; null for a value. A time outside the range of <see cref="DateTime"/>, such as the end of time,
    /// is its end.
    /// </summary>
    public DateTimeOffset? Time { get; init; }
}
