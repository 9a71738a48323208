namespace Weir;

/// <summary>Fires at multiples of an interval of event time, at the end of the window, and at once for records behind that.</summary>
internal sealed class ContinuousEventTimeTrigger<T>(long interval) : ContinuousTrigger<T>(interval)
{
    public override string ToString() => $"every {Interval} of event time";

    public override bool NeedsEventTime => true;

    public override TriggerResult OnRecord(T record, long time, ref long? state, TriggerContext context)
    {
        var window = context.Window;
        if (window.MaxTime <= context.Watermark)
        {
            return TriggerResult.Fire;
        }

        context.RegisterEventTimer(window.MaxTime);
        if (state is null)
        {
            var next = FirstAfter(time, window);
            state = next;
            context.RegisterEventTimer(next);
        }

        return TriggerResult.Wait;
    }

    public override TriggerResult OnEventTime(long time, ref long? state, TriggerContext context)
    {
        if (time == context.Window.MaxTime)
        {
            return TriggerResult.Fire;
        }

        if (state != time)
        {
            return TriggerResult.Wait;
        }

        // At the end of the stream a window without end would go on for ever: it has one more time, the last.
        var window = context.Window;
        var isOver = context.Watermark == long.MaxValue && window.MaxTime == long.MaxValue;
        var next = isOver ? window.MaxTime : Next(time, window);
        state = next;
        context.RegisterEventTimer(next);
        return TriggerResult.Fire;
    }

    public override void OnMerged(ref long? state, TriggerContext context)
    {
        if (state is { } next)
        {
            context.RegisterEventTimer(next);
        }
    }

    // Not the timer of the window's end: as in Flink, it fires also where a timeout has cleared this trigger before.
    public override void Clear(ref long? state, TriggerContext context)
    {
        if (state is { } next)
        {
            context.DeleteEventTimer(next);
            state = null;
        }
    }
}
