namespace Weir;

internal sealed class PurgingTriggers(Trigger of) : Trigger
{
    public override bool NeedsEventTime => of.NeedsEventTime;

    public override Trigger<T> For<T>() => of.For<T>().Purging();

    public override string ToString() => $"{of}, purging";
}

/// <summary>Makes each fire one that purges.</summary>
internal sealed class PurgingTrigger<T, TState>(Trigger<T, TState> of) : Trigger<T, TState>
{
    public override bool CanMerge => of.CanMerge;

    public override bool NeedsEventTime => of.NeedsEventTime;

    protected internal override Codec<TState> StateCodec => of.StateCodec;

    protected internal override bool IsStateless => of.IsStateless;

    public override TState Create() => of.Create();

    public override TriggerResult OnRecord(T record, long time, ref TState state, TriggerContext context) =>
        Purge(of.OnRecord(record, time, ref state, context));

    public override TriggerResult OnEventTime(long time, ref TState state, TriggerContext context) =>
        Purge(of.OnEventTime(time, ref state, context));

    public override TriggerResult OnProcessingTime(long time, ref TState state, TriggerContext context) =>
        Purge(of.OnProcessingTime(time, ref state, context));

    public override void Merge(ref TState state, in TState other) => of.Merge(ref state, other);

    public override void OnMerged(ref TState state, TriggerContext context) => of.OnMerged(ref state, context);

    public override void Clear(ref TState state, TriggerContext context) => of.Clear(ref state, context);

    protected internal override bool IsForgettable(in TState state) => of.IsForgettable(state);

    public override string ToString() => $"{of}, purging";

    private static TriggerResult Purge(TriggerResult result) => result == TriggerResult.Fire ? TriggerResult.FireAndPurge : result;
}
