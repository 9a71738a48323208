namespace Weir;

internal sealed class EventTimeTriggers : Trigger
{
    public override bool NeedsEventTime => true;

    public override Trigger<T> For<T>() => new EventTimeTrigger<T>();

    public override string ToString() => "event time";
}

/// <summary>Fires when the watermark reaches the end of the window, and at once for records behind it (semantics R5).</summary>
internal sealed class EventTimeTrigger<T> : StatelessTrigger<T>
{
    public override string ToString() => "event time";

    public override bool NeedsEventTime => true;

    public override TriggerResult OnRecord(T record, long time, ref int state, TriggerContext context)
    {
        var end = context.Window.MaxTime;
        if (end <= context.Watermark)
        {
            return TriggerResult.Fire;
        }

        context.RegisterEventTimer(end);
        return TriggerResult.Wait;
    }

    public override TriggerResult OnEventTime(long time, ref int state, TriggerContext context) =>
        time == context.Window.MaxTime ? TriggerResult.Fire : TriggerResult.Wait;

    public override void OnMerged(ref int state, TriggerContext context)
    {
        var end = context.Window.MaxTime;
        if (end > context.Watermark)
        {
            context.RegisterEventTimer(end);
        }
    }

    public override void Clear(ref int state, TriggerContext context) => context.DeleteEventTimer(context.Window.MaxTime);
}
