using Weir.Graph;
using Weir.Runtime.Kernels;
using Weir.Runtime.Operators.Windows;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.State.Handles;
using Weir.Runtime.State.Tables;
using Weir.Runtime.State.Timers;
using Weir.Runtime.Streams;

namespace Weir.Runtime.Operators.Keyed;

/// <summary>Runs a <see cref="KeyedProcess{TKey, TIn, TOut}"/>: the one operator behind every verb that keeps state by key.</summary>
/// <remarks>
/// <para>Event timers fire when a watermark comes, in order of time, before it is passed on (semantics R9); those that are registered at or
/// below the watermark fire with the next one, or, out of a timer, with this one. Processing timers fire between batches, when the clock
/// has come to their time. Each timer is counted against the room of a step, as a record is: a million timers at one watermark are many
/// steps.</para>
/// <para>What user code emits cannot be stopped in the middle of a call. What there is no room for waits in memory, the operator is held,
/// and no barrier is cut until it is passed on (<see cref="IResumable"/>).</para>
/// <para>The kernel in front asks for the key, in its own loop:</para>
/// <code>
/// for each record, from the one that it stopped at:
///     if (process.IsHeld) { stop at this record; }
///     process.OnRecord(record, time, key);
/// process.Flush();
/// </code>
/// </remarks>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TKey">The key.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
public sealed class ProcessByKey<T, TKey, TOut> : Receiver, IStatefulOperator, IStoppable<NoRecords>, IClockListener, IDisposable
{
    private readonly KeyedProcess<TKey, T, TOut> _process;
    private readonly SubtaskContext _subtask;
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();
    private readonly KeyScope<TKey> _scope;
    private readonly StateTables<TKey> _states;
    private readonly SubtaskStates _subtaskStates;
    private readonly ITakesBroadcast<T>? _broadcast;
    private readonly BroadcastContext _broadcastContext = new();
    private readonly TimerQueue<TKey, string, TimerKeys<TKey>> _eventTimers;
    private readonly TimerQueue<TKey, string, TimerKeys<TKey>> _processingTimers;
    private readonly KeyedState _state;
    private readonly Outlets<TOut> _outlets;
    private readonly KeyedCall<TKey, TOut> _call;
    private readonly PromisedWatermark _watermark = new();
    private readonly HeldInput<NoRecords> _input;

    // What timers are fired for, until all have been.
    private Watermark? _firing;
    private long? _firingClock;

    /// <summary>Makes the operator of one subtask and puts it on record.</summary>
    /// <param name="context">Its stage, and what follows it.</param>
    /// <param name="stage">The stage.</param>
    public ProcessByKey(SpanContext context, ProcessStage<T, TKey, TOut> stage)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(stage);
        Id = stage.Id;
        _process = stage.Make();
        _subtask = context.Subtask;
        var job = _subtask.Job;
        _scope = new KeyScope<TKey>(_keys, job.Seed, () => _call!.ProcessingTime);
        _broadcast = _process as ITakesBroadcast<T>;
        _subtaskStates = new SubtaskStates(_scope.CheckCall, job.Seed);
        _states = new StateTables<TKey>(_scope, _keys, _subtask.BackendOf(Id), job.Seed, subtasks: _subtaskStates);
        _process.WireTo(_states);
        var timers = new TimerKeys<TKey>(_keys, job.Seed);
        _eventTimers = new(_keys, Codecs.Of<string>(), timers, job.Seed) { Name = "event timers" };
        _processingTimers = new(_keys, Codecs.Of<string>(), timers, job.Seed) { Name = "processing timers" };
        _state = new KeyedState(_subtask.BackendOf(Id), Id, job.KeyGroupCount, [_eventTimers, _processingTimers, .. _states.Parts]);
        _outlets = new Outlets<TOut>(context);
        _call = new KeyedCall<TKey, TOut>(_scope, _outlets, _eventTimers, _processingTimers, _subtask.Clock);
        _input = new HeldInput<NoRecords>(this);
        context.Own(this);
        context.Resumed(this);
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas =>
        [new SchemaMember(StoredForms.Key, _keys.Schema), _states.Schema, .. _subtaskStates.Schemas];

    /// <inheritdoc/>
    public bool IsHeld => IsStopped || _input.IsWaiting;

    /// <inheritdoc/>
    bool IStoppable<NoRecords>.IsStopped => IsStopped;

    /// <inheritdoc/>
    public long NextDeadline => _processingTimers.NextTime;

    /// <summary>Gets how many timers wait: of event time, and of processing time.</summary>
    internal (int Event, int Processing) Timers => (_eventTimers.Count, _processingTimers.Count);

    private bool IsStopped => _outlets.AreBehind || _firing is not null || _firingClock is not null;

    private readonly KeysAhead<TKey> _ahead = new();

    private KeyGroupRange Owned => KeyGroups.RangeOf(_subtask.Index, _subtask.Job.KeyGroupCount, _subtask.Parallelism);

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _state.Snapshot(writer);
        _subtaskStates.Write(writer);
        _watermark.Write(writer, Owned);
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        DamagedStateException.Guard(Id, "the watermark", state, stored => _watermark.Restore(stored, Owned));
        _call.CurrentWatermark = _watermark.Current;
        DamagedStateException.Guard(Id, "the state of the subtask", state, _subtaskStates.Restore);
        var written = state.Forms.Reading(StoredForms.Key, _keys);
        _eventTimers.ReadAs(written);
        _processingTimers.ReadAs(written);
        _state.Restore(state, Schemas, [_eventTimers, _processingTimers, .. _states.Restored(state.Forms, written)]);
    }

    /// <inheritdoc/>
    public void Dispose() => (_process as IDisposable)?.Dispose();

    /// <summary>Hands a record to the process. Not while anything is held.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">
    /// Its event time in microseconds since the Unix epoch; <see cref="long.MinValue"/> if it has none.
    /// </param>
    /// <param name="key">Its key.</param>
    /// <exception cref="NullKeyException">The key is null.</exception>
    public void OnRecord(T record, long time, TKey key)
    {
        if (_broadcast?.IsForAll(record) == true)
        {
            OnBroadcast(_broadcast, record, time);
            return;
        }

        _scope.Begin();
        try
        {
            _call.OnRecord(key is null ? throw new NullKeyException($"Operator '{Id}'") : key, time);
            _process.OnRecord(record, _call);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            // The results of the records before it fail first, if they do: as in a loop over records.
            _outlets.Flush();
            throw OperatorFailure.OfRecord(
                Id, _subtask.Job.Name, _subtask.Index, Doing(failure, "handling a record"), time, failure);
        }
        finally
        {
            _scope.End();
        }
    }

    /// <summary>Fetches the states of records that are about to come, if they are behind a store.</summary>
    /// <param name="records">The records.</param>
    /// <param name="key">Tells the key of one.</param>
    internal void Prefetch(ReadOnlySpan<T> records, Func<T, TKey> key)
    {
        if (_states.Prefetches)
        {
            _ahead.Gather(records, key, _scope.HashOf);
            _states.Prefetch(_ahead);
        }
    }

    private void OnBroadcast(ITakesBroadcast<T> process, T record, long time)
    {
        _scope.BeginWithoutKey();
        _broadcastContext.Begin(time);
        try
        {
            process.OnBroadcast(record, _broadcastContext);
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            _outlets.Flush();
            throw OperatorFailure.OfRecord(
                Id, _subtask.Job.Name, _subtask.Index, "handling a record that goes to every subtask", time, failure);
        }
        finally
        {
            _broadcastContext.End();
            _scope.End();
        }
    }

    /// <summary>Passes results on. Call it at the end of a batch, and wherever the loop stops.</summary>
    public void Flush()
    {
        _states.CleanUp();
        _outlets.Flush();
    }

    /// <inheritdoc/>
    public override void OnWatermark(Watermark watermark) => _input.Add(watermark);

    /// <inheritdoc/>
    public override void OnIdle(bool isIdle) => _input.Add(isIdle);

    /// <inheritdoc/>
    public void OnClock(long now) => PassClock(now);

    /// <inheritdoc/>
    public void Resume()
    {
        if (!_outlets.TryDrain())
        {
            return;
        }

        if (_firingClock is { } now)
        {
            PassClock(now);
        }
        else if (_firing is { } firing)
        {
            Pass(firing);
        }

        _input.GoOn();
        if (!IsHeld)
        {
            _outlets.Flush();
        }
    }

    /// <inheritdoc/>
    void IStoppable<NoRecords>.Take(Watermark watermark)
    {
        if (_watermark.TryCome(watermark))
        {
            _call.CurrentWatermark = watermark;
            Pass(watermark);
        }
    }

    /// <inheritdoc/>
    void IStoppable<NoRecords>.Take(bool isIdle)
    {
        _outlets.Flush();
        _outlets.Main.Next.OnIdle(isIdle);
    }

    // Fires the timers of a watermark, then passes it on; keeps its place if there is no room.
    private void Pass(Watermark watermark)
    {
        if (_watermark.Fires && !TryFire(_eventTimers, isEventTime: true, watermark.Time))
        {
            _firing = watermark;
            return;
        }

        _firing = null;
        _outlets.Flush();
        _outlets.Main.Next.OnWatermark(watermark);
    }

    private void PassClock(long now)
    {
        _call.Now = now;
        try
        {
            _firingClock = TryFire(_processingTimers, isEventTime: false, now) ? null : now;
        }
        finally
        {
            _call.Now = null;
        }

        if (_firingClock is null)
        {
            _outlets.Flush();
        }
    }

    private bool TryFire(TimerQueue<TKey, string, TimerKeys<TKey>> timers, bool isEventTime, long time)
    {
        if (timers.NextTime > time || timers.Count == 0)
        {
            return true;
        }

        _scope.Begin();
        try
        {
            while (timers.Count > 0 && timers.NextTime <= time)
            {
                if (!_subtask.Flow.MayMake())
                {
                    return false;
                }

                timers.TryTake(time, out var timer);
                _call.OnTimer(timer.Key, timer.Time, isEventTime);
                _process.OnTimer(new KeyedTimer(timer.Namespace, timer.Time, isEventTime), _call);
                if (_outlets.AreBehind)
                {
                    return false;
                }
            }
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            throw Named(failure, "handling a timer");
        }
        finally
        {
            _scope.End();
        }

        return true;
    }

    private OperatorException Named(Exception failure, string doing) =>
        OperatorFailure.Of(Id, _subtask.Job.Name, _subtask.Index, Doing(failure, doing), failure, isInFunction: true);

    private string Doing(Exception failure, string doing) => failure is NullKeyException ? doing : $"{doing} of the key '{_scope.Key}'";
}
