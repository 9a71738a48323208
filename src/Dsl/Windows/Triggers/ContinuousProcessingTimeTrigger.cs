namespace Weir;

/// <summary>Fires at multiples of an interval of processing time.</summary>
internal sealed class ContinuousProcessingTimeTrigger<T>(long interval) : ContinuousTrigger<T>(interval)
{
    public override string ToString() => $"every {Interval} of processing time";

    public override TriggerResult OnRecord(T record, long time, ref long? state, TriggerContext context)
    {
        if (state is null)
        {
            var next = FirstAfter(context.ProcessingTime, context.Window);
            state = next;
            context.RegisterProcessingTimer(next);
        }

        return TriggerResult.Wait;
    }

    public override TriggerResult OnProcessingTime(long time, ref long? state, TriggerContext context)
    {
        if (state != time)
        {
            return TriggerResult.Wait;
        }

        var next = Next(time, context.Window);
        state = next;
        if (next > time)
        {
            context.RegisterProcessingTimer(next);
        }

        return TriggerResult.Fire;
    }

    public override void OnMerged(ref long? state, TriggerContext context)
    {
        if (state is { } next)
        {
            context.RegisterProcessingTimer(next);
        }
    }

    public override void Clear(ref long? state, TriggerContext context)
    {
        if (state is { } next)
        {
            context.DeleteProcessingTimer(next);
            state = null;
        }
    }
}
