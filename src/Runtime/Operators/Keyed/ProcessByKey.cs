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
/// </remarks>
internal sealed class ProcessByKey<T, TKey, TOut> : StoppableOperator<T>, IStatefulOperator, IClockListener, IDisposable
{
    private readonly ProcessStage<T, TKey, TOut> _stage;
    private readonly KeyedProcess<TKey, T, TOut> _process;
    private readonly SubtaskContext _subtask;
    private readonly Codec<TKey> _keys = Codecs.Of<TKey>();
    private readonly KeyScope<TKey> _scope;
    private readonly StateTables<TKey> _states;
    private readonly TimerQueue<TKey, string, TimerKeys<TKey>> _eventTimers;
    private readonly TimerQueue<TKey, string, TimerKeys<TKey>> _processingTimers;
    private readonly KeyedState _state;
    private readonly Outlets<TOut> _outlets;
    private readonly KeyedCall<TKey, TOut> _call;
    private readonly PromisedWatermark _watermark = new();

    /// <summary>Makes the operator of one subtask and puts it on record.</summary>
    /// <param name="context">Its stage, and what follows it.</param>
    /// <param name="stage">The stage.</param>
    public ProcessByKey(SpanContext context, ProcessStage<T, TKey, TOut> stage)
    {
        _stage = stage;
        _process = stage.Make();
        _subtask = context.Subtask;
        var job = _subtask.Job;
        _scope = new KeyScope<TKey>(_keys, job.Seed);
        _states = new StateTables<TKey>(_scope, _keys, job.Backend, job.Seed);
        _process.WireTo(_states);
        var timers = new TimerKeys<TKey>(_keys, job.Seed);
        _eventTimers = new(_keys, Codecs.Of<string>(), timers, job.Seed);
        _processingTimers = new(_keys, Codecs.Of<string>(), timers, job.Seed);
        _state = new KeyedState(Id, job.KeyGroupCount, [_eventTimers, _processingTimers, .. _states.Parts]);
        _outlets = new Outlets<TOut>(context);
        _call = new KeyedCall<TKey, TOut>(_scope, _outlets, _eventTimers, _processingTimers, _subtask.Clock);
        context.Own(this);
        context.Resumed(this);
    }

    /// <inheritdoc/>
    public string Id => _stage.Id;

    /// <inheritdoc/>
    public IReadOnlyList<SchemaMember> Schemas => [new SchemaMember(StoredForms.Key, _keys.Schema), _states.Schema];

    /// <inheritdoc/>
    public long NextDeadline => _processingTimers.NextTime;

    /// <summary>Gets how many timers wait: of event time, and of processing time.</summary>
    public (int Event, int Processing) Timers => (_eventTimers.Count, _processingTimers.Count);

    private KeyGroupRange Owned => KeyGroups.RangeOf(_subtask.Index, _subtask.Job.KeyGroupCount, _subtask.Parallelism);

    /// <inheritdoc/>
    public void Snapshot(OperatorStateWriter writer)
    {
        _state.Snapshot(writer);
        _watermark.Write(writer, Owned);
    }

    /// <inheritdoc/>
    public void Restore(OperatorState state)
    {
        DamagedStateException.Guard(Id, "the watermark", state, stored => _watermark.Restore(stored, Owned));
        _call.CurrentWatermark = _watermark.Current;
        var written = state.Forms.Reading(StoredForms.Key, _keys);
        _eventTimers.ReadAs(written);
        _processingTimers.ReadAs(written);
        new KeyedState(
            Id, _subtask.Job.KeyGroupCount, [_eventTimers, _processingTimers, .. _states.Restored(state.Forms, written)])
            .Restore(state.KeyGroups);
    }

    /// <inheritdoc/>
    public void Dispose() => (_process as IDisposable)?.Dispose();

    /// <inheritdoc/>
    protected override bool Take(Batch<T> batch, ref int position)
    {
        if (!_outlets.TryDrain())
        {
            return false;
        }

        var values = batch.Values;
        var times = batch.Times;
        _scope.Begin();
        try
        {
            while (position < values.Length)
            {
                ref readonly var value = ref values[position];
                _call.OnRecord(_stage.Key(value) is { } key ? key : throw new NullKeyException($"Operator '{Id}'"),
                    times.IsEmpty ? long.MinValue : times[position]);
                position++;
                _process.OnRecord(value, _call);
                if (_outlets.AreBehind)
                {
                    return false;
                }
            }
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            // The records before it fail first, if they do: as in a loop over records.
            _outlets.Flush();
            throw Named(failure, "handling a record");
        }
        finally
        {
            _scope.End();
        }

        _outlets.Flush();
        return true;
    }

    /// <inheritdoc/>
    protected override bool Pass(Watermark watermark)
    {
        if (!_watermark.TryCome(watermark))
        {
            return true;
        }

        _call.CurrentWatermark = watermark;
        if (_watermark.Fires && !TryFire(_eventTimers, isEventTime: true, watermark.Time))
        {
            return false;
        }

        _outlets.Flush();
        _outlets.Main.Next.OnWatermark(watermark);
        return true;
    }

    /// <inheritdoc/>
    protected override void Pass(bool isIdle) => _outlets.Main.Next.OnIdle(isIdle);

    /// <inheritdoc/>
    protected override bool Fire(long now)
    {
        _call.Now = now;
        try
        {
            if (!TryFire(_processingTimers, isEventTime: false, now))
            {
                return false;
            }
        }
        finally
        {
            _call.Now = null;
        }

        _outlets.Flush();
        return true;
    }

    private bool TryFire(TimerQueue<TKey, string, TimerKeys<TKey>> timers, bool isEventTime, long time)
    {
        if (!_outlets.TryDrain())
        {
            return false;
        }

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

    private OperatorException Named(Exception failure, string doing) => OperatorFailure.Of(
        Id, _subtask.Job.Name, _subtask.Index, failure is NullKeyException ? doing : $"{doing} of the key '{_scope.Key}'", failure,
        isInFunction: true);
}
