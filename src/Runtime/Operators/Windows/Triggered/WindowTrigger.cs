using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>A trigger with the states that it has by key and window.</summary>
internal abstract class WindowTrigger<T, TKey>
{
    /// <summary>Gets what a checkpoint holds.</summary>
    public abstract KeyedPart Part { get; }

    /// <summary>Gets the form of its state; null if it has none.</summary>
    public abstract Schema? Schema { get; }

    /// <summary>Gets the number of keys in windows that have a state.</summary>
    public abstract int Count { get; }

    /// <summary>Asks it about a record that was added.</summary>
    public abstract TriggerResult OnRecord(TKey key, TimeWindow window, T record, long time);

    /// <summary>Asks it about a timer of event time.</summary>
    public abstract TriggerResult OnEventTime(TKey key, TimeWindow window, long time);

    /// <summary>Asks it about a timer of processing time.</summary>
    public abstract TriggerResult OnProcessingTime(TKey key, TimeWindow window, long time);

    /// <summary>Makes one state of those of windows that have become one.</summary>
    public abstract void Merge(TKey key, TimeWindow merged, IReadOnlyList<(TimeWindow Window, TimeWindow State)> absorbed);

    /// <summary>A window has been emptied: forgets its state if that says nothing.</summary>
    public abstract void Emptied(TKey key, TimeWindow window);

    /// <summary>Forgets the state of a window.</summary>
    public abstract void Clear(TKey key, TimeWindow window);

    /// <summary>Says in which form states were written that are going to be restored.</summary>
    public abstract void ReadAs(StoredForms forms);
}

/// <inheritdoc/>
internal sealed class WindowTrigger<T, TKey, TState, TKeys> : WindowTrigger<T, TKey>
    where TKeys : struct, IKeyFunctor<TKey>
{
    private readonly Trigger<T, TState> _trigger;
    private readonly WindowTimers<TKey, TKeys> _timers;
    private readonly PaneState<TKey, TState, TKeys>? _states;

    public WindowTrigger(Trigger<T, TState> trigger, WindowTimers<TKey, TKeys> timers, Codec<TKey> keys, TKeys functor, JobContext job)
    {
        _trigger = trigger;
        _timers = timers;
        if (trigger.IsStateless)
        {
            Part = new NoPart("a trigger's state");
            return;
        }

        var codec = trigger.StateCodec;
        Schema = codec.Schema;
        _states = new(job.Backend, keys, codec, functor, job.Seed, trigger.Create);
        Part = _states.Part;
    }

    public override KeyedPart Part { get; }

    public override Schema? Schema { get; }

    public override int Count => _states?.Count ?? 0;

    public override TriggerResult OnRecord(TKey key, TimeWindow window, T record, long time)
    {
        var context = _timers.Of(key, window);
        if (_states is null)
        {
            var nothing = default(TState)!;
            return _trigger.OnRecord(record, time, ref nothing, context);
        }

        return _trigger.OnRecord(record, time, ref _states.Find(key, window, out _), context);
    }

    // A window that has been forgotten may still have timers of a trigger that does not take them back: they find it without state.
    public override TriggerResult OnEventTime(TKey key, TimeWindow window, long time)
    {
        var context = _timers.Of(key, window);
        var none = _trigger.Create();
        ref var state = ref Existing(key, window);
        return _trigger.OnEventTime(time, ref Unsafe.IsNullRef(ref state) ? ref none : ref state, context);
    }

    public override TriggerResult OnProcessingTime(TKey key, TimeWindow window, long time)
    {
        var context = _timers.Of(key, window);
        var none = _trigger.Create();
        ref var state = ref Existing(key, window);
        return _trigger.OnProcessingTime(time, ref Unsafe.IsNullRef(ref state) ? ref none : ref state, context);
    }

    public override void Merge(TKey key, TimeWindow merged, IReadOnlyList<(TimeWindow Window, TimeWindow State)> absorbed)
    {
        var state = _trigger.Create();
        foreach (var (window, _) in absorbed)
        {
            ref var other = ref Existing(key, window);
            if (!Unsafe.IsNullRef(ref other))
            {
                _trigger.Merge(ref state, other);
            }

            Clear(key, window);
        }

        _trigger.OnMerged(ref state, _timers.Of(key, merged));
        if (_states is not null)
        {
            _states.Find(key, merged, out _) = state;
        }
    }

    // A window without end is never cleaned up: a key that comes once would lie here for ever.
    public override void Emptied(TKey key, TimeWindow window)
    {
        ref var state = ref Existing(key, window);
        if (!Unsafe.IsNullRef(ref state) && _trigger.IsForgettable(state))
        {
            _states!.Remove(key, window);
        }
    }

    public override void Clear(TKey key, TimeWindow window)
    {
        var context = _timers.Of(key, window);
        var none = _trigger.Create();
        ref var state = ref Existing(key, window);
        _trigger.Clear(ref Unsafe.IsNullRef(ref state) ? ref none : ref state, context);
        _states?.Remove(key, window);
    }

    public override void ReadAs(StoredForms forms) => _states?.ReadAs(forms, PaneSchema.Trigger);

    private ref TState Existing(TKey key, TimeWindow window)
    {
        if (_states is null)
        {
            return ref Unsafe.NullRef<TState>();
        }

        return ref _states.FindExisting(key, window);
    }
}
