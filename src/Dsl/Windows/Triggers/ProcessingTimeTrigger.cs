namespace Weir;

internal sealed class ProcessingTimeTriggers : Trigger
{
    public override Trigger<T> For<T>() => new ProcessingTimeTrigger<T>();

    public override string ToString() => "processing time";
}

/// <summary>Fires when the clock reaches the end of the window.</summary>
internal sealed class ProcessingTimeTrigger<T> : StatelessTrigger<T>
{
    public override string ToString() => "processing time";

    public override TriggerResult OnRecord(T record, long time, ref int state, TriggerContext context)
    {
        context.RegisterProcessingTimer(context.Window.MaxTime);
        return TriggerResult.Wait;
    }

    public override TriggerResult OnProcessingTime(long time, ref int state, TriggerContext context) => TriggerResult.Fire;

    public override void OnMerged(ref int state, TriggerContext context)
    {
        var end = context.Window.MaxTime;
        if (end > context.ProcessingTime)
        {
            context.RegisterProcessingTimer(end);
        }
    }

    public override void Clear(ref int state, TriggerContext context) => context.DeleteProcessingTimer(context.Window.MaxTime);
}
