using Weir.Wire;

namespace Weir;

internal sealed class TimeoutTriggers(Trigger of, long timeout, bool resetOnRecord, bool clearOnTimeout) : Trigger
{
    public override bool NeedsEventTime => of.NeedsEventTime;

    public override Trigger<T> For<T>() => of.For<T>().Accept(new TimeoutOf<T>(timeout, resetOnRecord, clearOnTimeout));

    public override string ToString() => $"{of}, or {Graph.StageFacts.Span(timeout)} of processing time";
}

/// <summary>Makes the trigger with its state.</summary>
internal sealed class TimeoutOf<T>(long timeout, bool resetOnRecord, bool clearOnTimeout) : ITriggerVisitor<T, Trigger<T>>
{
    public Trigger<T> Visit<TState>(Trigger<T, TState> trigger) =>
        new TimeoutTrigger<T, TState>(trigger, timeout, resetOnRecord, clearOnTimeout);
}

/// <summary>
/// Fires as another trigger does, and on any timer of the window: its own, a time after a record, those of the other trigger, and that of
/// the cleanup.
/// </summary>
internal sealed class TimeoutTrigger<T, TState>(Trigger<T, TState> of, long timeout, bool resetOnRecord, bool clearOnTimeout)
    : Trigger<T, TimeoutTrigger<T, TState>.State>
{
    public override string ToString() => $"{of}, or {Graph.StageFacts.Span(timeout)} of processing time";

    public override bool NeedsEventTime => of.NeedsEventTime;

    protected internal override Codec<State> StateCodec => new Coding(of.StateCodec);

    public override State Create() => new() { Of = of.Create() };

    public override TriggerResult OnRecord(T record, long time, ref State state, TriggerContext context)
    {
        var result = of.OnRecord(record, time, ref state.Of, context);
        if (result is TriggerResult.Fire or TriggerResult.FireAndPurge)
        {
            Clear(ref state, context);
            return result;
        }

        if (state.Timeout is { } before && resetOnRecord)
        {
            context.DeleteProcessingTimer(before);
            state.Timeout = null;
        }

        if (state.Timeout is null)
        {
            var now = context.ProcessingTime;
            var next = now > long.MaxValue - timeout ? long.MaxValue : now + timeout;
            state.Timeout = next;
            context.RegisterProcessingTimer(next);
        }

        return result;
    }

    public override TriggerResult OnEventTime(long time, ref State state, TriggerContext context) =>
        OnTimer(of.OnEventTime(time, ref state.Of, context), ref state, context);

    public override TriggerResult OnProcessingTime(long time, ref State state, TriggerContext context) =>
        OnTimer(of.OnProcessingTime(time, ref state.Of, context), ref state, context);

    public override void Clear(ref State state, TriggerContext context)
    {
        if (state.Timeout is { } timer)
        {
            context.DeleteProcessingTimer(timer);
            state.Timeout = null;
        }

        of.Clear(ref state.Of, context);
        state.Of = of.Create();
    }

    protected internal override bool IsForgettable(in State state) => state.Timeout is null && of.IsForgettable(state.Of);

    private TriggerResult OnTimer(TriggerResult result, ref State state, TriggerContext context)
    {
        if (clearOnTimeout)
        {
            Clear(ref state, context);
        }

        return result is TriggerResult.Purge or TriggerResult.FireAndPurge ? TriggerResult.FireAndPurge : TriggerResult.Fire;
    }

    /// <summary>When its time is over, and what the other trigger remembers.</summary>
    internal struct State
    {
        public long? Timeout;
        public TState Of;
    }

    private sealed class Coding(Codec<TState> of) : Codec<State>
    {
        private readonly Codec<long?> _times = new NullableCodec<long>();

        public override Schema Schema =>
            new("timeout", [new SchemaMember("Timeout", _times.Schema), new SchemaMember("Of", of.Schema)]) { Kind = SchemaKind.Object };

        public override void Write(ref MessagePackWriter writer, in State value)
        {
            writer.WriteArrayHeader(2);
            _times.Write(ref writer, value.Timeout);
            of.Write(ref writer, value.Of);
        }

        public override State Read(ref MessagePackReader reader)
        {
            reader.ReadArrayOf(2);
            return new State { Timeout = _times.Read(ref reader), Of = of.Read(ref reader) };
        }
    }
}
