namespace Weir;

public static partial class StreamVerbs
{
    /// <summary>
    /// Keeps windows of event time for a while after their ends: each record that comes late within it fires its window again.
    /// </summary>
    /// <remarks>
    /// A record is late for good when the watermark has reached the end of its window and that time beyond (semantics R3, R4). In
    /// processing time there is nothing late, and this changes nothing.
    /// </remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <typeparam name="TKey">The key.</typeparam>
    /// <param name="source">The windowed stream.</param>
    /// <param name="lateness">How long; not negative. Memory grows with it: windows stay open for so much longer.</param>
    /// <returns>The windowed stream.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public static WindowedStream<T, TKey> AllowLateness<T, TKey>(this WindowedStream<T, TKey> source, TimeSpan lateness)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(lateness, TimeSpan.Zero);
        return new WindowedStream<T, TKey>(source.Keyed, source.Windows with { AllowedLateness = EventTime.Of(lateness) });
    }
}
