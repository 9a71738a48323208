using System.Collections.Immutable;
using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Scheduling;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>Carries out what <see cref="CheckpointProtocol"/> decides: the thin shell around it, stepped like a subtask.</summary>
/// <remarks>
/// Its state is that of one attempt. What it throws fails the attempt; the next one recovers from what the arbiter decided.
/// </remarks>
internal sealed class CheckpointCoordinator : IStepper
{
    private static readonly TimeSpan ReminderInterval = TimeSpan.FromSeconds(1);

    private readonly CoordinatorContext _context;
    private readonly SortedDictionary<string, IReadOnlyList<SchemaMember>> _schemas;
    private readonly Dictionary<CheckpointId, CheckpointUnderWay> _underWay = [];
    private readonly CheckpointShelf _shelf;
    private readonly PendingWork _work;
    private readonly long _start;
    private CheckpointProtocol _protocol;
    private CheckpointSchedule _schedule;
    private TimeSpan _now;
    private TimeSpan _remindedAt;
    private Exception? _lastFailure;
    private bool _isStarted;

    // Asked between any two batches; the protocol would count anew each time.
    private bool _mayTrigger;
    private bool _isFinished;
    private readonly CheckpointJournal _journal;
    private readonly SurplusDeletion _deletion;
    private Action? _wake;

    public CheckpointCoordinator(CoordinatorContext context)
    {
        var options = context.Options;
        _context = context;
        _schemas = SchemasOf(context.Subtasks);
        _shelf = context.Shelf;
        _work = new PendingWork(context.Job.Work, context.Job.Limit);
        _deletion = new SurplusDeletion(context.Job, context.Shelf, _work, WarnOf);
        _journal = new CheckpointJournal(context);
        _start = context.Job.Time.GetTimestamp();
        _schedule = new CheckpointSchedule(options.CheckpointInterval, options.MinPause);
        _protocol = new CheckpointProtocol(
            [.. context.Subtasks.Select(subtask => subtask.Id)],
            [.. context.Subtasks.Where(subtask => subtask.HasSource).Select(subtask => subtask.Id)],
            context.Last,
            options.MaxConcurrentCheckpoints,
            options.TolerableFailures);
        context.Reports.Posted = WakeUp;
        context.Requests.BeginAttempt(WakeUp);
    }

    /// <summary>Gets a value indicating whether it has stopped before all sources had ended.</summary>
    public bool HasStopped => _isFinished && !_protocol.Unfinished.IsEmpty;

    public string Name => "checkpoint coordinator";

    public Action? Wake
    {
        set => _wake = value;
    }

    /// <summary>Says that a report was posted or a piece of work has ended. May be called by any thread.</summary>
    public void WakeUp() => _wake?.Invoke();

    /// <summary>The wire forms of all stateful operators, by id.</summary>
    public static SortedDictionary<string, IReadOnlyList<SchemaMember>> SchemasOf(IReadOnlyList<ISubtask> subtasks)
    {
        var schemas = new SortedDictionary<string, IReadOnlyList<SchemaMember>>(StringComparer.Ordinal);
        foreach (var stateful in subtasks.SelectMany(subtask => subtask.Operators))
        {
            schemas[stateful.Id] = stateful.Schemas;
        }

        foreach (var end in subtasks.SelectMany(subtask => subtask.InFlight))
        {
            schemas[end.Id] = end.Schemas;
        }

        return schemas;
    }

    public StepResult Step()
    {
        _now = _context.Job.Time.GetElapsedTime(_start);
        var isProgress = false;
        if (!_isStarted)
        {
            _isStarted = true;
            isProgress = true;
            Apply(_protocol.Start());
        }

        while (_context.Reports.TryTake(out var report))
        {
            isProgress = true;
            On(report);
        }

        while (_context.Requests.TryTake(out var asked))
        {
            isProgress = true;
            Feed(asked);
        }

        isProgress |= _work.Poll();
        isProgress |= OnClock();
        return _isFinished && _work.IsEmpty ? StepResult.Done : isProgress ? StepResult.Progress
            : StepResult.IdleUntil(Deadline.Earlier(Next(), _work.Overdue));
    }

    /// <summary>When the clock gives it something to do: the next checkpoint, a time-out, a reminder.</summary>
    private Deadline Next()
    {
        var next = _mayTrigger ? _schedule.DueAt ?? TimeSpan.MaxValue : TimeSpan.MaxValue;
        foreach (var underWay in _underWay.Values)
        {
            var since = Since(underWay);
            var expires = _context.Options.CheckpointTimeout < TimeSpan.MaxValue - since ? since + _context.Options.CheckpointTimeout
                : TimeSpan.MaxValue;
            next = expires < next ? expires : next;
        }

        if (!_protocol.Uncommitted.IsEmpty && _remindedAt + ReminderInterval < next)
        {
            next = _remindedAt + ReminderInterval;
        }

        return next == TimeSpan.MaxValue ? Deadline.Never : Deadline.After(_context.Job.Time, _start, next);
    }

    private void On(SubtaskReport report)
    {
        switch (report)
        {
            case SubtaskReport.Acknowledged(var subtask, var checkpoint, var operators) acknowledged:
                _shelf.Refer(NameOf(checkpoint), operators.SelectMany(snapshot => snapshot.SharedFiles));
                if (_underWay.TryGetValue(checkpoint, out var underWay))
                {
                    underWay.Snapshots[subtask] = operators;
                    _journal.Acknowledged(underWay, acknowledged, _now);
                }

                Feed(new CheckpointEvent.Acknowledged(checkpoint, subtask));
                break;
            case SubtaskReport.Declined(var subtask, var checkpoint, var reason):
                Feed(new CheckpointEvent.Declined(checkpoint, subtask, reason));
                break;
            case SubtaskReport.Exhausted(var subtask):
                Feed(new CheckpointEvent.Exhausted(subtask));
                break;
            case SubtaskReport.Warned(_, var message):
                _context.OnEvent(new JobEvent.Warning(message, null));
                break;
            case SubtaskReport.Committed(var subtask, var checkpoint):
                Feed(new CheckpointEvent.Committed(checkpoint, subtask));
                if (_protocol.Uncommitted.IsEmpty)
                {
                    _journal.Committed(_now);
                }

                break;
        }
    }

    private bool OnClock()
    {
        var before = _protocol;
        if (OldestExpired() is { } expired)
        {
            Feed(new CheckpointEvent.Expired(expired));
        }

        if (_mayTrigger && _schedule.IsDue(_now))
        {
            Feed(new CheckpointEvent.Triggered());
        }

        if (!_protocol.Uncommitted.IsEmpty && _now - _remindedAt >= ReminderInterval)
        {
            Feed(new CheckpointEvent.CommitOverdue());
        }

        return !ReferenceEquals(before, _protocol);
    }

    // One a step: this is asked between any two batches, and must cost nothing.
    private CheckpointId? OldestExpired()
    {
        CheckpointId? oldest = null;
        foreach (var (checkpoint, underWay) in _underWay)
        {
            if (_now - Since(underWay) >= _context.Options.CheckpointTimeout && (oldest is null || checkpoint < oldest))
            {
                oldest = checkpoint;
            }
        }

        return oldest;
    }

    // From when on its time-out counts: not while a sink waits for whoever takes its records, who may be in no hurry.
    private TimeSpan Since(CheckpointUnderWay underWay)
    {
        var time = _context.Job.Time;
        return _context.Job.Takers.Until(time.GetTimestamp()) is { } until && time.GetElapsedTime(_start, until) is var awaited
            && awaited > underWay.Begun
            ? awaited < _now ? awaited : _now
            : underWay.Begun;
    }

    private void Feed(CheckpointEvent @event) => Apply(_protocol.On(@event));

    private void Apply((CheckpointProtocol Next, ImmutableArray<CheckpointAction> Actions) decided)
    {
        _protocol = decided.Next;
        _mayTrigger = _protocol.MayTrigger;
        foreach (var action in decided.Actions)
        {
            Carry(action);
        }
    }

    private void Carry(CheckpointAction action)
    {
        switch (action)
        {
            case CheckpointAction.InjectBarriers order:
                InjectBarriers(order);
                break;
            case CheckpointAction.Join(var request, var id):
                _journal.Join(request, NameOf(id), _underWay.GetValueOrDefault(id));
                break;
            case CheckpointAction.Refuse(var request, var reason):
                _context.Requests.Refuse(request, reason);
                break;
            case CheckpointAction.Decide(var id):
                Decide(id);
                break;
            case CheckpointAction.Save(var id):
                Save(id);
                break;
            case CheckpointAction.Saved(var id):
                Saved(id);
                break;
            case CheckpointAction.AskOutcome(var id, var reason):
                AskOutcome(id, reason);
                break;
            case CheckpointAction.Complete(var id, var isFinal):
                Complete(id, isFinal);
                break;
            case CheckpointAction.Forget forget:
                Forget(forget);
                break;
            case CheckpointAction.Remind(var id, var subtasks):
                _remindedAt = _now;
                Tell(new SubtaskCommand.Complete(id), subtasks.Contains);
                break;
            case CheckpointAction.FailAttempt(var reason):
                throw new CheckpointException(
                    $"Checkpoints of job '{_context.Job.Name}' failed in {_context.Job.Store.Description}: {reason}", _lastFailure);
            case CheckpointAction.Finish:
                _isFinished = true;
                break;
        }
    }

    private void InjectBarriers(CheckpointAction.InjectBarriers order)
    {
        var (id, isFinal) = order;
        var underWay = _underWay[id] = _journal.Begin(order, NameOf(id), _now);
        if (order.Kind == CheckpointKind.Savepoint && underWay.Savepoint is null)
        {
            Feed(new CheckpointEvent.DecisionLost(id, "whoever asked for it has taken the request back"));
            return;
        }

        _schedule = order.Kind == CheckpointKind.Periodic ? _schedule with { LastBegun = _now } : _schedule;
        var barrier = new Barrier(NameOf(id), isFinal) { Kind = order.Kind, TriggeredAt = _context.Job.Time.GetTimestamp() };
        barrier = barrier with { OvertakesAt = barrier.MustAlign ? Barrier.Never : _context.Options.OvertakesAt(barrier.TriggeredAt) };
        var command = new SubtaskCommand.InjectBarrier(barrier);
        foreach (var subtask in _context.Subtasks.Where(subtask => subtask.HasSource))
        {
            subtask.Commands.Post(command);
        }
    }

    private void Decide(CheckpointId id)
    {
        var underWay = _underWay[id];
        var storage = underWay.Storage = new CheckpointStorage(_context, NameOf(id), underWay, _schemas);
        _work.Start($"decide {id}", storage.DecideAsync, pending => Feed(
            Failed(pending.Failure) is { } reason ? new CheckpointEvent.DecisionLost(id, reason) : new CheckpointEvent.Decided(id)));
    }

    private void Save(CheckpointId id)
    {
        var underWay = _underWay[id];
        var storage = underWay.Storage = new CheckpointStorage(_context, NameOf(id), underWay, _schemas);
        _work.Start($"save {id}", storage.SaveAsync, pending => Feed(
            Failed(pending.Failure) is { } reason ? new CheckpointEvent.DecisionLost(id, reason) : new CheckpointEvent.Decided(id)));
    }

    // For subtasks it is as if it had been given up: what sinks pre-committed for it belongs to the next checkpoint.
    private void Saved(CheckpointId id)
    {
        _underWay.Remove(id, out var underWay);
        _schedule = _schedule with { LastEnded = _now };
        _journal.Completed(underWay!, _now, isCopy: true);
        Tell(new SubtaskCommand.Forget(id), _ => true);
        _shelf.GiveUp(NameOf(id));
        _deletion.Delete(NameOf(id));
    }

    private void AskOutcome(CheckpointId id, string reason) =>
        _work.Start($"ask for {id}", _underWay[id].Storage!.AskAsync, pending => Feed(
        Failed(pending.Failure) is { } silence
            ? new CheckpointEvent.OutcomeKnown(id, null, $"{reason}; then {silence}")
            : new CheckpointEvent.OutcomeKnown(id, pending.Result, reason)));

    private void Complete(CheckpointId id, bool isFinal)
    {
        _underWay.Remove(id, out var underWay);
        _schedule = _schedule with { LastEnded = _now, LastTook = _now - Since(underWay!) };
        _remindedAt = _now;
        _shelf.Complete(NameOf(id),
            [.. underWay!.Snapshots.Values.SelectMany(operators => operators).SelectMany(snapshot => snapshot.SharedFiles)]);
        _journal.Completed(underWay, _now);
        Tell(new SubtaskCommand.Complete(id), _ => true);
        _deletion.DeleteSurplus();
    }

    private void Forget(CheckpointAction.Forget forget)
    {
        var id = forget.Checkpoint;
        _underWay.Remove(id, out var underWay);
        _schedule = _schedule with { LastEnded = _now };
        _journal.GivenUp(underWay!, forget, _lastFailure, _now);
        Tell(new SubtaskCommand.Forget(id), _ => true);

        // At once for the room it takes; and again when a newer one has completed, for subtasks may still be writing to it.
        _shelf.GiveUp(NameOf(id));
        _deletion.Delete(NameOf(id));
    }

    private void WarnOf(Exception? failure)
    {
        if (Failed(failure) is { } reason)
        {
            _context.OnEvent(new JobEvent.Warning($"Checkpoints that are no longer needed could not be deleted: {reason}", failure));
        }
    }

    private void Tell(SubtaskCommand command, Func<SubtaskId, bool> whom)
    {
        foreach (var subtask in _context.Subtasks.Where(subtask => whom(subtask.Id)))
        {
            subtask.Commands.Post(command);
        }
    }

    private CheckpointName NameOf(CheckpointId id) => new(_context.Job.Attempt, id);

    /// <summary>Why a piece of work failed; null if it did not. What no later checkpoint can mend is thrown.</summary>
    private string? Failed(Exception? failure)
    {
        if (failure is FencedException or InvariantException)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }

        _lastFailure = failure ?? _lastFailure;
        return failure?.Message;
    }
}
