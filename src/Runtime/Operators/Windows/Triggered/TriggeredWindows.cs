using System.Runtime.CompilerServices;
using Weir.Runtime.Kernels;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;
using Weir.Runtime.Streams;
using Weir.Runtime.Time;

namespace Weir.Runtime.Operators.Windows.Triggered;

/// <summary>
/// Keeps windows of every kind, with triggers, evictors, allowed lateness and merging, in event time or processing time: Flink's
/// WindowOperator and EvictingWindowOperator.
/// </summary>
/// <remarks>
/// <para>The kernel in front does the adding, in its own loop:</para>
/// <code>
/// for each record, from the one that it stopped at:
///     if (windows.IsHeld) { stop at this record; }
///     windows.Begin(record, time, key);
///     while (true)
///     {
///         ref var contents = ref windows.Next();
///         if (Unsafe.IsNullRef(ref contents)) break;
///         …add the record to contents…
///         windows.Added(record, time);
///     }
///     if (windows.IsLate(time)) { windows.OnLate(), or the late output; }
/// windows.Flush();
/// </code>
/// <para>So key and accumulation are inlined by a generated loop; it is specialised on the functor alone. Triggers are asked by a virtual
/// call, once for each record and window, and results are made by the functor, or by a function that is handed to the constructor.</para>
/// <para>A record that fires more than there is room for is the last one: what it has made waits, and the kernel with the rest of its
/// batch. Timers are fired in order of their times, at most as many in a step as records may be made.</para>
/// <para>Contents are kept by key and window; where windows merge, under the window that they began in
/// (<see cref="MergingWindowSet"/>). Closing, expiring and firing cost the logarithm of the number of timers, and never what is
/// open.</para>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TAcc">What windows hold.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
/// <typeparam name="TFunctor">What it is specialised on.</typeparam>
public sealed partial class TriggeredWindows<T, TKey, TAcc, TOut, TFunctor>
    : Receiver, IStatefulOperator, IStoppable<NoRecords>, IClockListener, ITimed, IDisposable
    where TFunctor : struct, IPaneFunctor<TKey, TAcc, TOut>
{
    private readonly WindowSpec<T> _spec;
    private readonly TFunctor _functor;
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();
    private readonly Codec<TAcc> _accumulators;
    private readonly Outlets<TOut> _outlets;
    private readonly SubtaskContext _subtask;
    private readonly LateRecords _late;
    private readonly WindowLife _life;
    private readonly WindowAssigner<T> _assigner;
    private readonly PaneFunction<TKey, TAcc, TOut> _function;

    private readonly PaneState<TKey, TAcc, TFunctor> _contents;
    private readonly WindowTimers<TKey, TFunctor> _timers;
    private readonly MergingWindows<TKey, TFunctor>? _merging;
    private readonly WindowTrigger<T, TKey> _trigger;
    private readonly WindowChanges<TKey, TOut, TFunctor>? _changes;
    private readonly FireContext<TKey, TOut> _fire;
    private readonly KeyedPart[] _parts;
    private readonly KeyedState _state;

    // The record that is being added: its windows, the next of them, and the one that it is being added to.
    private readonly List<TimeWindow> _windows = [];
    private TKey? _key;
    private int _next;
    private TimeWindow _window;
    private TimeWindow _stateWindow;
    private bool _isNew;
    private bool _hasMerged;
    private bool _wasTaken;

    /// <summary>Makes the operator of one subtask and puts it on record.</summary>
    /// <param name="context">The span that it ends.</param>
    /// <param name="id">The operator's id.</param>
    /// <param name="spec">The windows, their trigger and the rest.</param>
    /// <param name="functor">How keys are told apart and panes begin, merge and end.</param>
    /// <param name="accumulators">The codec of what windows hold.</param>
    public TriggeredWindows(SpanContext context, string id, WindowSpec<T> spec, TFunctor functor, Codec<TAcc> accumulators)
        : this(context, id, spec, functor, accumulators, new ResultOfPane<TKey, TAcc, TOut, TFunctor>(functor))
    {
    }

    internal TriggeredWindows(
        SpanContext context,
        string id,
        WindowSpec<T> spec,
        TFunctor functor,
        Codec<TAcc> accumulators,
        PaneFunction<TKey, TAcc, TOut> function)
    {
        Id = id;
        _spec = spec;
        _functor = functor;
        _accumulators = accumulators;
        _function = function;
        _outlets = new Outlets<TOut>(context, isTimed: true);
        _subtask = context.Subtask;
        _late = context.LateRecords(id);
        _life = WindowLife.Of(spec);
        _assigner = WindowAssigner<T>.Of(spec.Kind, id);
        var job = _subtask.JobOf(id);
        _contents = new(job.Backend, _keys, accumulators, functor, job.Seed, functor.Create);
        _timers = new(_keys, functor, job.Seed, _subtask.Clock);
        _trigger = WindowTriggers.WithState(WindowTriggers.Of(spec), _timers, _keys, functor, job);
        _merging = spec.Kind.AreMerging ? new(job.Backend, _keys, functor, job.Seed) : null;
        _changes = spec.Retraction is Retraction<TOut> retraction ? new(retraction, job, _keys, functor) : null;
        _fire = new(_outlets, _timers, _changes);
        _parts =
        [
            _contents.Part,
            _timers.Event,
            _timers.Processing,
            _merging?.Part ?? new NoPart("merging windows"),
            _trigger.Part,
            _changes?.Part ?? new NoPart("results to take back"),
        ];
        _state = new KeyedState(job.Backend, id, job.KeyGroupCount, [.. _parts, .. _function.States?.Parts ?? []]);
        _input = new(this);
        context.Own(this);
        context.Resumed(this);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas
    {
        get
        {
            var schemas = PaneSchema.OfGeneral(_keys.Schema, _accumulators.Schema, _spec.Kind, _spec.HasOwnForm).ToList();
            if (_trigger.Schema is { } trigger)
            {
                schemas.Add(new SchemaMember(PaneSchema.Trigger, trigger));
            }

            if (_changes is not null)
            {
                schemas.Add(new SchemaMember(PaneSchema.Results, _changes.Schema));
            }

            schemas.AddRange(_function.States?.Schemas ?? []);
            return schemas;
        }
    }

    /// <inheritdoc/>
    public bool IsHeld => IsStopped || _input.IsWaiting;

    /// <inheritdoc/>
    long IClockListener.NextDeadline => _timers.Processing.NextTime;

    /// <inheritdoc/>
    (int Event, int Processing) ITimed.Timers => (_timers.Event.Count, _timers.Processing.Count);

    /// <inheritdoc/>
    int ITimed.Kept => Kept;

    private int Kept => _contents.Count + _trigger.Count + (_merging?.Count ?? 0) + (_changes?.Count ?? 0);

    /// <summary>Begins to add a record: finds its windows.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">
    /// Its event time in microseconds since the Unix epoch; <see cref="long.MinValue"/> if it has none.
    /// </param>
    /// <param name="key">Its key.</param>
    /// <exception cref="NullKeyException">The key is null.</exception>
    public void Begin(T record, long time, TKey key)
    {
        if (key is null)
        {
            throw new NullKeyException($"Operator '{Id}'");
        }

        _key = key;
        _next = 0;
        _wasTaken = false;
        _windows.Clear();
        _timers.Now = null;
        _assigner.Assign(record, _spec.Kind.Time == WindowTime.Processing ? _subtask.Clock.Now : time, _windows);
    }

    /// <summary>What the next window of the record holds, to be added to; call <see cref="Added"/> when that is done.</summary>
    /// <returns>A reference that is good until then; a null reference when the record has no further window.</returns>
    public ref TAcc Next()
    {
        while (_next < _windows.Count)
        {
            _window = _windows[_next++];
            _stateWindow = _window;
            _hasMerged = false;
            if (_merging is not null)
            {
                var merged = _merging.Add(_key!, _window);
                (_window, _stateWindow) = (merged.Window, merged.State);
                _hasMerged = merged.Absorbed.Count > 0;
                if (_hasMerged)
                {
                    Merge(merged);
                }
            }

            if (_life.IsLate(_window, _timers.Current))
            {
                _merging?.Retire(_key!, _window);
                continue;
            }

            _wasTaken = true;
            return ref _contents.Find(_key!, _stateWindow, out _isNew);
        }

        return ref Unsafe.NullRef<TAcc>();
    }

    /// <summary>The record has been added to the window: asks the trigger.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">
    /// Its event time in microseconds since the Unix epoch; <see cref="long.MinValue"/> if it has none.
    /// </param>
    public void Added(T record, long time)
    {
        var (window, state) = (_window, _stateWindow);
        var result = _trigger.OnRecord(_key!, window, record, time);
        var hasDeleted = _timers.HasDeleted;
        Obey(result, window, state);
        if (_isNew || _hasMerged || hasDeleted)
        {
            // Otherwise it has been registered by an earlier record.
            RegisterCleanup(window);
        }
    }

    /// <summary>Whether a record that was added to no window is late: its windows, if it has any, are gone (semantics R4).</summary>
    /// <param name="time">
    /// Its event time in microseconds since the Unix epoch; <see cref="long.MinValue"/> if it has none.
    /// </param>
    /// <returns>Whether it goes to the late output, or is counted by <see cref="OnLate"/>.</returns>
    public bool IsLate(long time) => !_wasTaken && _life.IsLate(time, _timers.Current);

    /// <summary>Counts a record that is late and goes nowhere.</summary>
    public void OnLate()
    {
        _late.Add(_timers.Current);
    }

    /// <summary>Passes results on. Call it at the end of a batch, and wherever the loop stops.</summary>
    public void Flush()
    {
        _function.States?.CleanUp();
        _outlets.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _function.Dispose();

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        _state.Snapshot(writer);
        _timers.Promised.Write(writer, Owned);
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        Invariant.Holds(Kept == 0, $"restore into {Id}, which already holds windows");
        DamagedStateException.Guard(Id, "the watermark", state, stored => _timers.Promised.Restore(stored, Owned));
        _contents.ReadAs(state.Forms, PaneSchema.Accumulator);
        _trigger.ReadAs(state.Forms);
        _merging?.ReadAs(state.Forms);
        _changes?.ReadAs(state.Forms);
        var keys = state.Forms.Reading(PaneSchema.Key, _keys);
        _timers.Event.ReadAs(keys);
        _timers.Processing.ReadAs(keys);
        _state.Restore(state, Schemas, [.. _parts, .. _function.States?.Restored(state.Forms, keys) ?? []]);
    }

    private KeyGroupRange Owned => KeyGroups.RangeOf(_subtask.Index, _subtask.Job.KeyGroupCount, _subtask.Parallelism);

    private void Merge(MergedWindow merged)
    {
        var (key, window, state) = (_key!, merged.Window, merged.State);
        if (_life.HasEnded(window, _timers))
        {
            throw new InvalidOperationException(
                $"Operator '{Id}': windows became one that has ended already, {window}. Windows that merge must not end before those that "
                    + "they are made of (semantics R7): correct the windows that CustomWindows assigns.");
        }

        _trigger.Merge(key, window, merged.Absorbed);
        foreach (var (absorbed, _) in merged.Absorbed)
        {
            DeleteCleanup(absorbed);
        }

        for (var i = 1; i < merged.Absorbed.Count; i++)
        {
            var other = merged.Absorbed[i].State;
            ref var contents = ref _contents.FindExisting(key, other);
            if (!Unsafe.IsNullRef(ref contents))
            {
                var taken = contents;
                _contents.Remove(key, other);
                ref var target = ref _contents.Find(key, state, out var isNew);
                if (isNew)
                {
                    target = taken;
                }
                else
                {
                    _functor.Merge(ref target, taken);
                }
            }

            _changes?.End(key, other, _fire.Of(key, merged.Absorbed[i].Window));
        }
    }

    // Does what the trigger has decided. What was registered and asked before stays valid: nothing of it is held here.
    private void Obey(TriggerResult result, TimeWindow window, TimeWindow state)
    {
        if (result == TriggerResult.Wait)
        {
            return;
        }

        if (result is TriggerResult.Fire or TriggerResult.FireAndPurge)
        {
            Fire(window, state);
        }

        if (result is TriggerResult.Purge or TriggerResult.FireAndPurge)
        {
            Empty(window, state);
        }
    }

    private void Empty(TimeWindow window, TimeWindow state)
    {
        _contents.Remove(_key!, state);
        _trigger.Emptied(_key!, window);
    }

    private void Fire(TimeWindow window, TimeWindow state)
    {
        ref var contents = ref _contents.FindExisting(_key!, state);
        if (Unsafe.IsNullRef(ref contents))
        {
            // An empty window never puts anything out (semantics R6).
            return;
        }

        _fire.Of(_key!, window, state);
        _function.Fire(ref contents, _fire);
        if (_function.IsEmpty(contents))
        {
            Empty(window, state);
        }
    }

    private void RegisterCleanup(TimeWindow window)
    {
        var time = _life.CleanupOf(window);
        if (time == long.MaxValue)
        {
            return;
        }

        var timers = _life.IsEventTime ? _timers.Event : _timers.Processing;
        timers.Register(_key!, window, time);
    }

    private void DeleteCleanup(TimeWindow window)
    {
        var timers = _life.IsEventTime ? _timers.Event : _timers.Processing;
        timers.Delete(_key!, window, _life.CleanupOf(window));
    }
}
