namespace Weir;

/// <summary>How <c>WithEventTime</c> makes watermarks of event times alone: see <see cref="Watermarks"/>. Immutable.</summary>
public sealed class WatermarkStrategy
{
    internal WatermarkStrategy(TimeSpan maxDisorder, TimeSpan? interval = null)
    {
        MaxDisorder = maxDisorder;
        Interval = interval;
    }

    /// <summary>Gets how much later than its successors a record may come without being late.</summary>
    public TimeSpan MaxDisorder { get; }

    /// <summary>Gets the time on the job's clock between two watermarks; null if one is made behind every batch.</summary>
    public TimeSpan? Interval { get; }

    /// <summary>Makes watermarks at an interval of the job's clock, instead of behind every batch.</summary>
    /// <remarks>
    /// Saves work where batches are small and windows many, and delays results by up to the interval. What is late then depends on the
    /// clock, too: two runs over the same input may differ in it, by fewer late records than with a watermark behind every batch.
    /// </remarks>
    /// <param name="interval">How long; at least a microsecond.</param>
    /// <returns>The same strategy at that interval.</returns>
    public WatermarkStrategy Every(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromMicroseconds(1));
        return new WatermarkStrategy(MaxDisorder, interval);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (MaxDisorder == TimeSpan.Zero ? "ascending" : $"disorder of at most {MaxDisorder}")
            + (Interval is { } interval ? $", every {interval}" : "");
}
