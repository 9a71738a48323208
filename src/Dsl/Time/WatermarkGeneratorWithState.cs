namespace Weir;

/// <summary>Makes the watermarks of each split from its records, and from what it remembers of those before.</summary>
/// <remarks>
/// <para>One object serves all splits of a subtask, on one thread: what it remembers of a split is its state, which is part of checkpoints
/// and comes back after a recovery. Keep nothing in fields that changes.</para>
/// <para>A watermark is a promise: no record of this split at or before that time will follow. One that promises less than the split has
/// promised already changes nothing. The stream goes by the least of its splits; watermarks are passed on behind each batch.</para>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TState">What is remembered of a split: needs a codec.</typeparam>
/// <example><code>public sealed class LagOfSensors : WatermarkGenerator&lt;Reading, long>
/// {
///     public override long? OnRecord(in Reading record, long time, ref long latest)
///     {
///         latest = Math.Max(latest, time);
///         return latest - (record.IsOnBattery ? 60 : 1) * EventTime.Second;
///     }
/// }</code></example>
[Deterministic]
public abstract class WatermarkGenerator<T, TState> : WatermarkGenerator<T>
{
    /// <summary>Gets the codec of the state.</summary>
    protected internal virtual Codec<TState> StateCodec => Codecs.Of<TState>();

    /// <summary>What is remembered of a split before its first record: the default of the type, unless overridden.</summary>
    /// <returns>The state.</returns>
    public virtual TState Create() => default!;

    /// <summary>A record has come.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Its event time, in microseconds since the Unix epoch.</param>
    /// <param name="state">What is remembered of its split.</param>
    /// <returns>The watermark of the split, in microseconds since the Unix epoch; null to leave it where it is.</returns>
    public abstract long? OnRecord(in T record, long time, ref TState state);

    /// <summary>A period has passed. Called for every split that is being read, with a record or without.</summary>
    /// <remarks>A promise that depends on the clock makes what is late depend on it, too.</remarks>
    /// <param name="now">The processing time, in microseconds since the Unix epoch.</param>
    /// <param name="state">What is remembered of the split.</param>
    /// <returns>The watermark of the split, in microseconds since the Unix epoch; null to leave it where it is.</returns>
    public virtual long? OnPeriodic(long now, ref TState state) => null;

    internal sealed override TResult Accept<TResult>(IWatermarkGeneratorVisitor<T, TResult> visitor) => visitor.Visit(this);
}
