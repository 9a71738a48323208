using Weir.Runtime.Channels;
using Weir.Runtime.Operators;
using Weir.Runtime.Operators.Sinks;
using Weir.Runtime.Scheduling;
using Weir.Runtime.State;
using Weir.Runtime.Streams;
using Weir.Runtime.Telemetry;
using Weir.Runtime.Time;

namespace Weir.Runtime.Subtasks;

/// <summary>The state machine of one parallel instance of a chain.</summary>
/// <remarks>
/// <para>A step looks after work on the pool, then commands, then takes one batch or control element from its head and runs the chain on
/// it. While a full channel has not taken all of the output, or a sink may not be written to, nothing new is taken in, and no barrier is
/// cut; commands still are. An operator that was stopped in the middle of its output (<see cref="IResumable"/>) goes on first, and until
/// none is left nothing is taken in and no barrier cut. Then come the deadlines of the clock, and only then what comes in.</para>
/// <para>At a barrier: forward it first, so that the next subtask can begin; then snapshot; then let sinks pre-commit on the pool while the
/// next records are processed; acknowledge when they have. The end of the stream is sent when the final checkpoint has been committed, not
/// before: until then that checkpoint may fail and another final barrier come.</para>
/// </remarks>
internal sealed partial class Subtask : ISubtask
{
    private readonly string _job;
    private readonly IHead _head;
    private readonly Outputs _outputs;

    // An array: every step walks it, and must not allocate an enumerator.
    private readonly Sinks _sinks;
    private readonly ClockListeners _listeners;
    private readonly ReadingClock _reading;
    private readonly Mailbox<SubtaskReport> _reports;
    private readonly SnapshotsUnderWay _snapshots;
    private readonly List<CheckpointId> _completing = [];
    private readonly UncutBarriers _uncut = new();
    private readonly Flow _flow;
    private readonly TimeProvider _time;
    private readonly bool _catchesUp;
    private readonly long _mostHeldBytes;

    // An array, too.
    private readonly StateBackend[] _backends;
    private CheckpointId _newest;
    private CheckpointId? _final;
    private bool _isOpen;
    private bool _isDone;

    // Since the last cut.
    private bool _hasTakenIn;

    public Subtask(SubtaskParts parts)
    {
        Id = parts.Id;
        ChainName = parts.ChainName;
        Name = $"{parts.ChainName} {parts.Id}";
        HasSource = parts.HasSource;
        Operators = parts.Operators;
        Counters = parts.Context.Counters;
        _job = parts.Context.Job.Name;
        _head = parts.Head;
        _flow = parts.Context.Flow;
        _backends = [.. parts.Context.Backends];
        _outputs = new Outputs([.. parts.Outputs]);
        _sinks = new Sinks([.. parts.Operators.OfType<ISinkOperator>()]);
        _listeners = new ClockListeners(
            [.. parts.Operators.OfType<IClockListener>(), .. parts.Context.Listeners], parts.Context.Clock, parts.Context.Flow);
        _reading = parts.Context.Reading;
        _reports = parts.Reports;
        _time = parts.Context.Job.Time;
        _catchesUp = parts.HasSource && parts.Context.Job.InFlight.Count > 0;
        _mostHeldBytes = parts.Context.Job.ChannelCapacityBytes;
        InFlight = [.. _outputs.InFlight, .. _head.InFlight is { } received ? [received] : Array.Empty<IInFlight>()];
        _snapshots = new SnapshotsUnderWay(parts.Id, parts.Operators, InFlight, parts.Context.Job);
    }

    public SubtaskId Id { get; }

    public string Name { get; }

    public string ChainName { get; }

    public bool HasSource { get; }

    public Mailbox<SubtaskCommand> Commands { get; } = new();

    public IReadOnlyList<IStatefulOperator> Operators { get; }

    public SubtaskCounters Counters { get; }

    public IReadOnlyList<string> InputEdges => _head.Edges;

    public IReadOnlyList<IInFlight> InFlight { get; }

    /// <summary>Gets what waits for other subtasks, in its outputs and in front of them.</summary>
    public ChannelLoad OutputLoad => _outputs.Load;

    /// <summary>Gets how many elements its outputs hold because channels are full.</summary>
    public int Unsent => _outputs.Load.Kept;

    public Action? Wake
    {
        set
        {
            Commands.Posted = value;
            _head.Wake = value;
            _outputs.Wake = value;
        }
    }

    public void Restore(IReadOnlyDictionary<string, OperatorState> operators)
    {
        foreach (var stateful in Operators)
        {
            if (operators.TryGetValue(stateful.Id, out var state))
            {
                stateful.Restore(state);
            }
        }
    }

    public void RestoreInFlight(RestoredInFlight inFlight) => _head.Restore(inFlight);

    public ValueTask RecoverAsync(CancellationToken cancellation) => _sinks.RecoverAsync(cancellation);

    public ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) =>
        Id.Index == 0 ? _sinks.CleanUpAsync(recovery, cancellation) : ValueTask.CompletedTask;

    public StepResult Step()
    {
        Counters.Times.Begin(_time.GetTimestamp());
        var result = StepNamed();
        Counters.Times.End(
            _time.GetTimestamp(),
            result.IsBlocked ? SubtaskState.Backpressured : result.IsIdle ? SubtaskState.Idle : SubtaskState.Busy);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _head.Dispose();
        }
        finally
        {
            try
            {
                _flow.Dispose();
            }
            finally
            {
                Array.ForEach(_backends, backend => backend.Close());
                await _sinks.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // A failure says whose it is.
    private StepResult StepNamed()
    {
        try
        {
            return _isDone ? StepResult.Done : StepOnce();
        }
        catch (Exception failure) when (OperatorFailure.IsUnnamed(failure))
        {
            throw _flow.Resuming is { } resuming
                ? OperatorFailure.Of(resuming, _job, Id.Index, "going on where it was stopped", failure)
                : OperatorFailure.Of(Name, _job, Id.Index, "in a step", failure);
        }
    }

    private StepResult StepOnce()
    {
        Open();
        var isProgress = _sinks.Poll() | Tend();
        while (Commands.TryTake(out var command))
        {
            Obey(command);
            isProgress = true;
        }

        isProgress |= _hasTakenIn && CutWaiting();
        isProgress |= _snapshots.Sweep();
        isProgress |= Acknowledge() | Report();
        if (_isDone)
        {
            return StepResult.Done;
        }

        var isDrained = _outputs.TryDrain(ref isProgress);
        if (isDrained && _sinks.MayWrite)
        {
            _reading.Resume();
            return GoOn(isProgress);
        }

        _reading.Pause();
        return _sinks.MayCut ? TakeBarrier(isProgress) : Waiting(isProgress);
    }

    // State is written behind, and cold entries go, whether or not there is room for output.
    private bool Tend()
    {
        var isProgress = false;
        foreach (var backend in _backends)
        {
            isProgress |= backend.Tend(_flow.IsHeld);
        }

        return isProgress;
    }

    private StepResult Waiting(bool isProgress) => isProgress ? StepResult.Progress : StepResult.BlockedUntil(Overdue(Deadline.Never));

    // A call that hangs wakes nobody: its time-out does. Nor does the time from which on a barrier overtakes.
    private Deadline Overdue(Deadline next)
    {
        var overtakes = Math.Min(_head.OvertakesAt, Math.Min(_snapshots.OvertakesAt, _uncut.Next?.OvertakesAt ?? Barrier.Never));
        if (overtakes != Barrier.Never && overtakes > _time.GetTimestamp())
        {
            next = Deadline.Earlier(next, new Deadline(overtakes));
        }

        return Deadline.Earlier(next, Deadline.Earlier(_snapshots.Overdue, _sinks.Overdue));
    }

    // What was begun is finished before anything else is: the place of a held operator is in no checkpoint.
    private StepResult GoOn(bool isProgress)
    {
        _flow.Open();
        if (_flow.IsHeld)
        {
            if (_flow.TryResume())
            {
                CutWaiting();
            }

            return StepResult.Progress;
        }

        // Behind a final barrier nothing may come: a source that was told to stop reads no more, and no timer fires.
        if (_final is null && _listeners.Run())
        {
            return StepResult.Progress;
        }

        var result = _final is not null && HasSource ? Waiting(isProgress) : TakeIn(isProgress);
        return CutWaiting() ? StepResult.Progress : result;
    }

    // One at a time, and something must have been taken in since the one before, if there is anything. Were checkpoints due all the time,
    // barriers would fill the channels otherwise: no record would reach a sink that waits for each decision, and the job would take one
    // checkpoint after the other without moving.
    private bool CutWaiting()
    {
        if (_uncut.IsEmpty || !MayCut())
        {
            return false;
        }

        Cut(_uncut.Take());
        return true;
    }

    private bool MayCut() => !_flow.IsHeld && _sinks.MayCut;

    private void Open()
    {
        if (!_isOpen)
        {
            _isOpen = true;
            _sinks.Open();

            _head.Open();
            if (_catchesUp)
            {
                _outputs.OnCaughtUp();
            }
        }
    }

    private StepResult TakeIn(bool isProgress)
    {
        switch (_head.Step(_time.GetTimestamp(), out var barrier))
        {
            case HeadStep.Nothing:
                return isProgress ? StepResult.Progress : StepResult.IdleUntil(Overdue(_listeners.Next));
            case HeadStep.Barrier:
                Cut(barrier);
                break;
            case HeadStep.Element:
                _hasTakenIn = true;
                break;
            case HeadStep.CaughtUp:
                _outputs.OnCaughtUp();
                break;
            case HeadStep.Exhausted:
                _reports.Post(new SubtaskReport.Exhausted(Id));
                break;
        }

        return StepResult.Progress;
    }

    private void Obey(SubtaskCommand command)
    {
        switch (command)
        {
            case SubtaskCommand.InjectBarrier inject:
                Invariant.Holds(HasSource, $"subtask {Name} was told to cut at a source, but has none");
                _uncut.Add(inject.Barrier);
                break;
            case SubtaskCommand.Complete complete:
                Complete(complete.Checkpoint);
                break;
            case SubtaskCommand.Forget forget:
                Forget(forget.Checkpoint);
                break;
        }
    }

    private void Forget(CheckpointId checkpoint)
    {
        _uncut.Forget(checkpoint);
        _head.OnForget(checkpoint);
        _outputs.OnForget(checkpoint);
        _sinks.Forget(checkpoint);
    }

    private void Complete(CheckpointId checkpoint)
    {
        _sinks.Commit(checkpoint);
        _head.OnComplete(checkpoint);
        _completing.Add(checkpoint);
    }

    private bool Acknowledge()
    {
        var isProgress = false;
        while (_snapshots.TryFinish() is { } answer)
        {
            _reports.Post(answer);
            isProgress = true;
        }

        return isProgress;
    }

    private bool Report()
    {
        var isProgress = false;
        for (var i = 0; i < _completing.Count;)
        {
            var checkpoint = _completing[i];
            if (!_sinks.HaveCommitted(checkpoint))
            {
                i++;
                continue;
            }

            _completing.RemoveAt(i);
            _reports.Post(new SubtaskReport.Committed(Id, checkpoint));
            isProgress = true;
            if (checkpoint >= _final)
            {
                End();
            }
        }

        return isProgress;
    }

    private void End()
    {
        _isDone = true;
        var isProgress = false;
        _outputs.OnEnd();
        _outputs.TryDrain(ref isProgress);
    }
}
