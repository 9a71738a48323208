namespace Weir;

internal sealed class ContinuousEventTimeTriggers(long interval) : Trigger
{
    public override bool NeedsEventTime => true;

    public override Trigger<T> For<T>() => new ContinuousEventTimeTrigger<T>(interval);

    public override string ToString() => $"continuous, every {Graph.StageFacts.Span(interval)} of event time";
}

internal sealed class ContinuousProcessingTimeTriggers(long interval) : Trigger
{
    public override Trigger<T> For<T>() => new ContinuousProcessingTimeTrigger<T>(interval);

    public override string ToString() => $"continuous, every {Graph.StageFacts.Span(interval)} of processing time";
}

/// <summary>What the two have in common: the time of the next fire, which is the earlier one where windows merge.</summary>
internal abstract class ContinuousTrigger<T>(long interval) : Trigger<T, long?>
{
    /// <summary>Gets the interval in words.</summary>
    protected string Interval => Graph.StageFacts.Span(interval);

    public override bool CanMerge => true;

    protected internal override Codec<long?> StateCodec => new Wire.NullableCodec<long>();

    public override void Merge(ref long? state, in long? other) =>
        state = state is { } own && other is { } next ? Math.Min(own, next) : state ?? other;

    // Flink's remainder has the sign of the time, so that negative times are rounded towards zero.
    protected long FirstAfter(long time, TimeWindow window) => Next(time - (time % interval), window);

    protected long Next(long time, TimeWindow window) =>
        time > long.MaxValue - interval ? window.MaxTime : Math.Min(time + interval, window.MaxTime);
}
