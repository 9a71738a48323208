using System.Collections.Immutable;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Protocol;

/// <summary>The whole life of a job's checkpoints as one pure function: state and event in, state and actions out.</summary>
/// <remarks>
/// <para>No I/O, no clock, no tasks: the interval and the time-out arrive as events.</para>
/// <para>Subtasks are told of a checkpoint only after it exists, so a crash between the two is repaired by committing again. Where the
/// answer to the decision is lost, nothing is assumed: the store is asked, and if it does not answer either, the attempt fails and recovers
/// from whatever exists then.</para>
/// <para>A declined checkpoint aborts nothing: no source will replay its records, so what sinks pre-committed for it waits for the next
/// checkpoint that completes. Only recovery aborts.</para>
/// <para>One checkpoint is decided at a time, so that they come to exist in the order of their numbers.</para>
/// <para>Who asks for a checkpoint gets one that begins after he asked, several who wait the same one; the final one covers everybody. A
/// savepoint begins at once, one at a time, whatever else is under way: it is a copy, which subsumes nothing and is subsumed by nothing,
/// is decided by nobody, and commits nothing (G4). A stop is a final checkpoint before the end of the sources, which is tried again until
/// it exists: whoever asked for it no longer wants the job to go on, not even after a failure.</para>
/// </remarks>
internal sealed record CheckpointProtocol
{
    /// <summary>Begins an attempt.</summary>
    /// <param name="subtasks">All subtasks: each must acknowledge each checkpoint.</param>
    /// <param name="sources">Those that begin with a source.</param>
    /// <param name="last">The newest number that any earlier attempt may have used for a checkpoint that exists.</param>
    /// <param name="maxConcurrent">How many may be under way.</param>
    /// <param name="tolerableFailures">How many may fail in a row.</param>
    public CheckpointProtocol(
        ImmutableSortedSet<SubtaskId> subtasks,
        ImmutableSortedSet<SubtaskId> sources,
        CheckpointId last,
        int maxConcurrent,
        int tolerableFailures)
    {
        Subtasks = subtasks;
        Unfinished = sources;
        Last = last;
        MaxConcurrent = maxConcurrent;
        Failures = new CheckpointFailureCounter(tolerableFailures);
    }

    /// <summary>The most requests that wait at the same time. More are refused.</summary>
    public const int MaxWaitingRequests = 100;

    public ImmutableSortedSet<SubtaskId> Subtasks { get; }

    public int MaxConcurrent { get; }

    /// <summary>Gets the sources that still have something to deliver.</summary>
    public ImmutableSortedSet<SubtaskId> Unfinished { get; private init; }

    /// <summary>Gets the newest number that was given away.</summary>
    public CheckpointId Last { get; private init; }

    /// <summary>Gets the checkpoints under way.</summary>
    public ImmutableSortedDictionary<CheckpointId, PendingCheckpoint> Pending { get; private init; } =
        ImmutableSortedDictionary<CheckpointId, PendingCheckpoint>.Empty;

    public CheckpointFailureCounter Failures { get; private init; }

    /// <summary>Gets the final checkpoint, once it exists.</summary>
    public CheckpointId? Final { get; private init; }

    /// <summary>Gets the newest checkpoint of this attempt that exists.</summary>
    public CheckpointId? Newest { get; private init; }

    /// <summary>Gets the subtasks that have not yet committed <see cref="Newest"/>.</summary>
    public ImmutableSortedSet<SubtaskId> Uncommitted { get; private init; } = [];

    /// <summary>Gets the requests that wait until they may begin.</summary>
    public RequestQueue Queue { get; private init; } = new(MaxWaitingRequests);

    /// <summary>Gets the request to stop the job before its sources end; null if nobody has.</summary>
    public CheckpointRequest? Stop { get; private init; }

    /// <summary>Gets a value indicating whether nothing more will happen: the attempt has failed, or the job is done.</summary>
    public bool HasEnded { get; private init; }

    /// <summary>Gets a value indicating whether a periodic checkpoint may begin: who asks for one goes first (G6).</summary>
    public bool MayTrigger => MayBegin && Queue.IsEmpty;

    /// <summary>Gets a value indicating whether the last checkpoint is under way or exists: what is asked for now comes too late.</summary>
    private bool IsEnding => Final is not null || Pending.Values.Any(pending => pending.IsFinal);

    private bool MayBegin => !HasEnded && !Unfinished.IsEmpty && Stop is null && !IsEnding
        && Pending.Values.Count(pending => !pending.IsCopy) < MaxConcurrent;

    /// <summary>What an event leads to.</summary>
    public (CheckpointProtocol Next, ImmutableArray<CheckpointAction> Actions) On(CheckpointEvent @event)
    {
        if (HasEnded)
        {
            return (this, []);
        }

        var (next, actions) = @event switch
        {
            CheckpointEvent.Triggered when MayTrigger => Begin(CheckpointKind.Periodic, isFinal: false, []),
            CheckpointEvent.Requested(var request) => OnRequested(request),
            CheckpointEvent.Withdrawn(var request) => (this with { Queue = Queue.Remove(request) }, []),
            CheckpointEvent.Acknowledged(var id, var subtask) => OnAcknowledged(id, subtask),
            CheckpointEvent.Declined(var id, var subtask, var reason) =>
                GiveUp(id, CheckpointFailureReason.Declined, $"subtask {subtask} declined: {reason}", subtask),
            CheckpointEvent.Expired(var id) => OnExpired(id),
            CheckpointEvent.Decided(var id) when PhaseOf(id) == CheckpointPhase.Deciding =>
                Pending[id].IsCopy ? OnSaved(id) : OnDecided(id),
            CheckpointEvent.DecisionLost(var id, var reason) when Pending.TryGetValue(id, out var pending) && pending.IsCopy =>
                GiveUp(id, CheckpointFailureReason.SavepointNotStored, reason),
            CheckpointEvent.DecisionLost(var id, var reason) when PhaseOf(id) == CheckpointPhase.Deciding =>
                (Move(id, CheckpointPhase.Asking), [new CheckpointAction.AskOutcome(id, reason)]),
            CheckpointEvent.OutcomeKnown(var id, var exists, var reason) when PhaseOf(id) == CheckpointPhase.Asking =>
                OnOutcome(id, exists, reason),
            CheckpointEvent.Exhausted(var subtask) => (this with { Unfinished = Unfinished.Remove(subtask) }, []),
            CheckpointEvent.Committed(var id, var subtask) => OnCommitted(id, subtask),
            CheckpointEvent.CommitOverdue when Newest is { } newest && !Uncommitted.IsEmpty =>
                (this, [new CheckpointAction.Remind(newest, Uncommitted)]),

            // Late news of a checkpoint whose fate is decided.
            _ => (this, ImmutableArray<CheckpointAction>.Empty),
        };
        return next.Continue(actions);
    }

    /// <summary>
    /// What the attempt begins with: a job whose sources are all at their end already takes its final checkpoint at once.
    /// </summary>
    public (CheckpointProtocol Next, ImmutableArray<CheckpointAction> Actions) Start() => Continue([]);

    private CheckpointPhase? PhaseOf(CheckpointId id) => Pending.TryGetValue(id, out var pending) ? pending.Phase : null;

    private CheckpointProtocol Move(CheckpointId id, CheckpointPhase phase) =>
        this with { Pending = Pending.SetItem(id, Pending[id] with { Phase = phase }) };

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) OnRequested(CheckpointRequest request)
    {
        switch (request.Kind)
        {
            case RequestKind.Checkpoint when IsEnding:
                return (this, [new CheckpointAction.Join(request.Number, Final ?? Pending.First(pair => pair.Value.IsFinal).Key)]);
            case RequestKind.Savepoint when IsEnding || Stop is not null:
                return (this, [new CheckpointAction.Refuse(request.Number, "the job takes its last checkpoint already")]);
            case RequestKind.StopWithSavepoint when IsEnding || Stop is not null:
                return (this, [new CheckpointAction.Refuse(
                    request.Number, Stop is null ? "the job is at its end already" : "the job is being stopped already")]);
            case RequestKind.Stop or RequestKind.StopWithSavepoint:
                return (this with { Stop = Stop ?? request }, []);
            default:
                var (queue, dropped) = Queue.Add(request);
                return (this with { Queue = queue }, dropped is { } refused
                    ? [new CheckpointAction.Refuse(
                        refused.Number, $"too many requests: {Queue.Capacity} wait for a checkpoint or savepoint already")]
                    : []);
        }
    }

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) Begin(CheckpointKind kind, bool isFinal, ImmutableArray<long> requests)
    {
        var id = Last.Next;
        var pending = new PendingCheckpoint(Subtasks, CheckpointPhase.Collecting, isFinal, kind);
        var inject = new CheckpointAction.InjectBarriers(id, isFinal)
        {
            Kind = kind,
            IsEnd = isFinal && Unfinished.IsEmpty,
            Requests = requests,
        };
        return (this with { Last = id, Pending = Pending.Add(id, pending) }, [inject]);
    }

    // The last one answers all who wait for a checkpoint, and nobody who waits for a savepoint.
    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) BeginFinal()
    {
        var isSaved = Stop is { Kind: RequestKind.StopWithSavepoint };
        var late = Queue.Of(RequestKind.Savepoint)
            .Select(request => new CheckpointAction.Refuse(request, "the job takes its last checkpoint already"));
        var (next, begun) = Begin(
            isSaved ? CheckpointKind.Savepoint : CheckpointKind.Final,
            isFinal: true,
            isSaved ? Queue.Of(RequestKind.Checkpoint).Add(Stop!.Value.Number) : Queue.Of(RequestKind.Checkpoint));
        return (next with { Queue = new RequestQueue(MaxWaitingRequests) }, [.. late, .. begun]);
    }

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) OnAcknowledged(CheckpointId id, SubtaskId subtask)
    {
        if (PhaseOf(id) != CheckpointPhase.Collecting)
        {
            return (this, []);
        }

        var missing = Pending[id].Missing.Remove(subtask);
        var phase = missing.IsEmpty ? CheckpointPhase.Waiting : CheckpointPhase.Collecting;
        return (this with { Pending = Pending.SetItem(id, Pending[id] with { Missing = missing, Phase = phase }) }, []);
    }

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) OnExpired(CheckpointId id) =>
        Pending.TryGetValue(id, out var pending) && pending.IsOpen
            ? Fail($"the store has not said in time whether {id} exists")
            : GiveUp(id, CheckpointFailureReason.Expired, $"it took longer than the checkpoint time-out{Awaited(pending)}",
                pending is { Phase: CheckpointPhase.Collecting } ? pending.Missing[0] : null);

    private string Awaited(PendingCheckpoint? pending) => pending is { Phase: CheckpointPhase.Collecting, Missing: var missing }
        ? $": {missing.Count} of {Counted.Of(Subtasks.Count, "subtask")} had not acknowledged, {missing[0]} among them"
        : "";

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) OnDecided(CheckpointId id)
    {
        // What is older is subsumed (G2): its records are covered.
        // Savepoints are not (G4).
        List<CheckpointId> older = [.. Pending.Where(pair => pair.Key < id && !pair.Value.IsCopy).Select(pair => pair.Key)];
        var subsumed = older
            .Select(other => new CheckpointAction.Forget(other, CheckpointFailureReason.Subsumed, $"{id} completed before it"));
        var isFinal = Pending[id].IsFinal;
        var next = this with
        {
            Pending = Pending.RemoveRange(older).Remove(id),
            Failures = Failures.OnSuccess(id),
            Final = isFinal ? id : Final,
            Newest = id,
            Uncommitted = Subtasks,
        };
        return (next, [.. subsumed, new CheckpointAction.Complete(id, isFinal)]);
    }

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) OnSaved(CheckpointId id) =>
        (this with { Pending = Pending.Remove(id) }, [new CheckpointAction.Saved(id)]);

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) OnOutcome(CheckpointId id, bool? exists, string reason) => exists switch
    {
        true => OnDecided(id),
        false => GiveUp(id, CheckpointFailureReason.ManifestNotStored, reason),
        null => Fail($"the store has not said whether {id} exists: {reason}"),
    };

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) OnCommitted(CheckpointId id, SubtaskId subtask)
    {
        if (Newest is null || id < Newest)
        {
            return (this, []);
        }

        return (this with { Uncommitted = Uncommitted.Remove(subtask) }, []);
    }

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) GiveUp(
        CheckpointId id, CheckpointFailureReason why, string reason, SubtaskId? subtask = null)
    {
        // One that may exist cannot be given up.
        if (!Pending.TryGetValue(id, out var pending) || (pending.IsOpen && why != CheckpointFailureReason.ManifestNotStored))
        {
            return (this, []);
        }

        var counted = pending.IsCopy ? CheckpointFailureReason.SavepointNotStored : why;
        var next = this with { Pending = Pending.Remove(id), Failures = Failures.OnFailure(id, counted) };
        var forget = new CheckpointAction.Forget(id, why, reason) { Subtask = subtask };
        if (pending is { IsFinal: true, Kind: CheckpointKind.Savepoint })
        {
            // Sources have stopped, and sinks take nothing any more: only a new attempt can go on where no savepoint could be made.
            return next.Fail($"the job could not be stopped with a savepoint, and goes on: {reason}", forget);
        }

        return next.Failures.IsExceeded
            ? next.Fail(
                $"{Counted.Of(next.Failures.Failed.Count, "checkpoint")} failed in a row, more than the {Failures.Tolerable} tolerated; "
                    + $"the last was {id}: {reason}", forget)
            : (next, [forget]);
    }

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) Fail(string reason, params ReadOnlySpan<CheckpointAction> before) =>
        (this with { HasEnded = true }, [.. before, new CheckpointAction.FailAttempt(reason)]);

    /// <summary>
    /// What follows from the state alone: the oldest complete checkpoint is decided, requests begin as soon as they may, and after the last
    /// one comes the final one.
    /// </summary>
    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) Continue(ImmutableArray<CheckpointAction> actions)
    {
        if (HasEnded)
        {
            return (this, actions);
        }

        var (next, more) = Advance();
        return more.IsEmpty ? (this, actions) : next.Continue(actions.AddRange(more));
    }

    private (CheckpointProtocol Next, ImmutableArray<CheckpointAction> Actions) Advance()
    {
        if (!Pending.IsEmpty && Due() is { } due)
        {
            return (Move(due.Checkpoint, CheckpointPhase.Deciding), [due.Action]);
        }

        if (Final is not null)
        {
            return Uncommitted.IsEmpty && Pending.IsEmpty ? (this with { HasEnded = true }, [new CheckpointAction.Finish()]) : (this, []);
        }

        if (!IsEnding && (Stop is not null || (Unfinished.IsEmpty && Pending.IsEmpty)))
        {
            return BeginFinal();
        }

        return AdvanceQueue();
    }

    // A copy is saved as soon as all is there; a checkpoint is decided when none is open, the oldest first.
    private (CheckpointId Checkpoint, CheckpointAction Action)? Due()
    {
        CheckpointId? oldest = null;
        var isOpen = false;
        foreach (var (checkpoint, pending) in Pending)
        {
            var isWaiting = pending.Phase == CheckpointPhase.Waiting;
            if (isWaiting && pending.IsCopy)
            {
                return (checkpoint, new CheckpointAction.Save(checkpoint));
            }

            isOpen |= pending.IsOpen;
            oldest ??= isWaiting ? checkpoint : null;
        }

        return isOpen || oldest is not { } first ? null : (first, new CheckpointAction.Decide(first));
    }

    private (CheckpointProtocol Next, ImmutableArray<CheckpointAction> Actions) AdvanceQueue()
    {
        if (!IsEnding && Queue.Of(RequestKind.Savepoint) is [var savepoint, ..] && !Pending.Values.Any(pending => pending.IsCopy))
        {
            return (this with { Queue = Queue.Remove(savepoint) }).Begin(CheckpointKind.Savepoint, isFinal: false, [savepoint]);
        }

        return MayBegin && Queue.Of(RequestKind.Checkpoint) is { IsEmpty: false } requests
            ? (this with { Queue = Queue.RemoveAll(RequestKind.Checkpoint) }).Begin(CheckpointKind.Manual, isFinal: false, requests)
            : (this, []);
    }
}
