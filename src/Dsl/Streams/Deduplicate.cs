namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>Lets the first record of each key pass, and drops those of its key that are less than a while away from it.</summary>
    /// <remarks>
    /// <para>A record is dropped if another of its key has passed before it, by order of arrival, whose time differs by <i>less</i> than
    /// <paramref name="within"/>, earlier or later: a record exactly <paramref name="within"/> behind it passes, and counts from there on.
    /// Dropped records do not prolong anything.</para>
    /// <para>What is kept: the time of each record that has passed, until the watermark has come to its time + <paramref name="within"/> −
    /// 1 µs; a timer forgets it. A record that comes later than that is late, and passes. In processing time the clock takes the place of
    /// the watermark, and forgets at its time + <paramref name="within"/>.</para>
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key: what makes records duplicates of one another.</typeparam>
    /// <param name="source">The keyed stream.</param>
    /// <param name="within">How long; at least a microsecond.</param>
    /// <param name="time">By event time, or by the job's clock.</param>
    /// <returns>The records that pass, in order.</returns>
    /// <example><code>payments.KeyBy(p => p.Id).Deduplicate(TimeSpan.FromHours(1))</code></example>
    public static Stream<T> Deduplicate<T, TKey>(
        this KeyedStream<T, TKey> source, TimeSpan within, WindowTime time = WindowTime.Event)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.FromMicroseconds(1));
        var microseconds = EventTime.Of(within);
        return source.Run(
            "Deduplicate", () => new FirstWithin<TKey, T>(microseconds, time), null, needsEventTime: time == WindowTime.Event);
    }
}
