namespace Weir;

/// <summary>The ways in which <c>WithEventTime</c> makes watermarks: what they promise, and what they cost.</summary>
public static class Watermarks
{
    /// <summary>
    /// Gets the strategy for splits whose records are in order of time. A record that is not is late once its window has fired.
    /// </summary>
    /// <remarks>
    /// The watermark of a split is its latest time − 1 µs: records of the same time may follow (Flink: monotonous timestamps). Costs a
    /// comparison a record.
    /// </remarks>
    public static WatermarkStrategy Ascending { get; } = new(TimeSpan.Zero);

    /// <summary>The strategy for splits whose records are out of order by no more than a bound.</summary>
    /// <remarks>
    /// The watermark of a split is its latest time − the bound − 1 µs (Flink: bounded out-of-orderness). Costs a comparison a record; the
    /// bound is the least delay of each result.
    /// </remarks>
    /// <param name="maxDisorder">How much later than its successors a record may come without being late; not negative.</param>
    /// <returns>The strategy.</returns>
    public static WatermarkStrategy BoundedDisorder(TimeSpan maxDisorder)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDisorder, TimeSpan.Zero);
        return new WatermarkStrategy(maxDisorder);
    }

    /// <summary>The generator for streams in which some records say that all before a time has come: markers.</summary>
    /// <remarks>Costs a call a record. Between two markers the watermark stands still, and so do results.</remarks>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="watermark">
    /// Of a record and its event time, the time at or before which no record of its split follows; null if the record says nothing of that.
    /// Runs again for the same record after a recovery, and must then answer the same.
    /// </param>
    /// <returns>The generator.</returns>
    /// <example><code>orders.WithEventTime(o => o.At,
    /// Watermarks.Punctuated&lt;Order>((o, at) => o.IsEndOfDay ? at : null))</code></example>
    public static WatermarkGenerator<T> Punctuated<T>([Deterministic] Func<T, DateTime, DateTime?> watermark)
    {
        ArgumentNullException.ThrowIfNull(watermark);
        return new PunctuatedWatermarks<T>(watermark);
    }
}
