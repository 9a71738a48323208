namespace Weir;

internal sealed class EarlyTriggers(long interval) : Trigger
{
    public override bool NeedsEventTime => true;

    public override Trigger<T> For<T>() => new EarlyTrigger<T>(interval);

    public override string ToString() => $"event time, and early {Graph.StageFacts.Span(interval)} after a record by the clock";
}

/// <summary>
/// Fires as the one of event time does, and before that an interval of the clock after the first record that no result has told of.
/// </summary>
internal sealed class EarlyTrigger<T>(long interval) : Trigger<T, long?>
{
    public override bool NeedsEventTime => true;

    public override bool CanMerge => true;

    protected internal override Codec<long?> StateCodec => new Wire.NullableCodec<long>();

    public override string ToString() => $"event time, and early {Graph.StageFacts.Span(interval)} after a record by the clock";

    public override TriggerResult OnRecord(T record, long time, ref long? state, TriggerContext context)
    {
        var end = context.Window.MaxTime;
        if (end <= context.Watermark)
        {
            // The end has been told of: each late record tells of it again.
            return TriggerResult.Fire;
        }

        context.RegisterEventTimer(end);
        if (state is null)
        {
            var now = context.ProcessingTime;
            var next = now > long.MaxValue - interval ? long.MaxValue : now + interval;
            state = next;
            context.RegisterProcessingTimer(next);
        }

        return TriggerResult.Wait;
    }

    public override TriggerResult OnEventTime(long time, ref long? state, TriggerContext context)
    {
        if (time != context.Window.MaxTime)
        {
            return TriggerResult.Wait;
        }

        Forget(ref state, context);
        return TriggerResult.Fire;
    }

    public override TriggerResult OnProcessingTime(long time, ref long? state, TriggerContext context)
    {
        if (state != time)
        {
            return TriggerResult.Wait;
        }

        state = null;
        return TriggerResult.Fire;
    }

    public override void Merge(ref long? state, in long? other) =>
        state = state is { } own && other is { } next ? Math.Min(own, next) : state ?? other;

    public override void OnMerged(ref long? state, TriggerContext context)
    {
        var end = context.Window.MaxTime;
        if (end > context.Watermark)
        {
            context.RegisterEventTimer(end);
        }

        if (state is { } next)
        {
            context.RegisterProcessingTimer(next);
        }
    }

    public override void Clear(ref long? state, TriggerContext context)
    {
        Forget(ref state, context);
        context.DeleteEventTimer(context.Window.MaxTime);
    }

    private static void Forget(ref long? state, TriggerContext context)
    {
        if (state is { } next)
        {
            context.DeleteProcessingTimer(next);
            state = null;
        }
    }
}
