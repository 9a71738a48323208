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

    /// <summary>Gets a value indicating whether nothing more will happen: the attempt has failed, or the job is done.</summary>
    public bool HasEnded { get; private init; }

    /// <summary>Gets a value indicating whether a periodic checkpoint may begin.</summary>
    public bool MayTrigger => !HasEnded && !Unfinished.IsEmpty && Final is null && Pending.Count < MaxConcurrent;

    /// <summary>What an event leads to.</summary>
    public (CheckpointProtocol Next, ImmutableArray<CheckpointAction> Actions) On(CheckpointEvent @event)
    {
        if (HasEnded)
        {
            return (this, []);
        }

        var (next, actions) = @event switch
        {
            CheckpointEvent.Triggered when MayTrigger => Begin(isFinal: false),
            CheckpointEvent.Acknowledged(var id, var subtask) => OnAcknowledged(id, subtask),
            CheckpointEvent.Declined(var id, var subtask, var reason) =>
                GiveUp(id, CheckpointFailureReason.Declined, $"subtask {subtask} declined: {reason}"),
            CheckpointEvent.Expired(var id) => OnExpired(id),
            CheckpointEvent.Decided(var id) when PhaseOf(id) == CheckpointPhase.Deciding => OnDecided(id),
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

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) Begin(bool isFinal)
    {
        var id = Last.Next;
        var pending = new PendingCheckpoint(Subtasks, CheckpointPhase.Collecting, isFinal);
        return (this with { Last = id, Pending = Pending.Add(id, pending) }, [new CheckpointAction.InjectBarriers(id, isFinal)]);
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
            : GiveUp(id, CheckpointFailureReason.Expired, "it took longer than the checkpoint time-out");

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) OnDecided(CheckpointId id)
    {
        // What is older is subsumed (G2): its records are covered.
        var subsumed = Pending.Keys.TakeWhile(other => other < id)
            .Select(other => new CheckpointAction.Forget(other, CheckpointFailureReason.Subsumed, $"{id} completed before it"));
        var isFinal = Pending[id].IsFinal;
        var next = this with
        {
            Pending = Pending.RemoveRange(Pending.Keys.TakeWhile(other => other <= id)),
            Failures = Failures.OnSuccess(id),
            Final = isFinal ? id : Final,
            Newest = id,
            Uncommitted = Subtasks,
        };
        return (next, [.. subsumed, new CheckpointAction.Complete(id, isFinal)]);
    }

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

        var uncommitted = Uncommitted.Remove(subtask);
        return uncommitted.IsEmpty && Final is not null
            ? (this with { Uncommitted = uncommitted, HasEnded = true }, [new CheckpointAction.Finish()])
            : (this with { Uncommitted = uncommitted }, []);
    }

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) GiveUp(CheckpointId id, CheckpointFailureReason why, string reason)
    {
        // One that may exist cannot be given up.
        if (!Pending.TryGetValue(id, out var pending) || (pending.IsOpen && why != CheckpointFailureReason.ManifestNotStored))
        {
            return (this, []);
        }

        var next = this with { Pending = Pending.Remove(id), Failures = Failures.OnFailure(id, why) };
        var forget = new CheckpointAction.Forget(id, why, reason);
        return next.Failures.IsExceeded
            ? next.Fail(
                $"{Counted.Of(next.Failures.Failed.Count, "checkpoint")} failed in a row, more than the {Failures.Tolerable} tolerated; "
                    + $"the last was {id}: {reason}", forget)
            : (next, [forget]);
    }

    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) Fail(string reason, params ReadOnlySpan<CheckpointAction> before) =>
        (this with { HasEnded = true }, [.. before, new CheckpointAction.FailAttempt(reason)]);

    /// <summary>
    /// What follows from the state alone: the oldest complete checkpoint is decided, and after the last one comes the final one.
    /// </summary>
    private (CheckpointProtocol, ImmutableArray<CheckpointAction>) Continue(ImmutableArray<CheckpointAction> actions)
    {
        if (HasEnded)
        {
            return (this, actions);
        }

        if (!Pending.Values.Any(pending => pending.IsOpen)
            && Pending.FirstOrDefault(pair => pair.Value.Phase == CheckpointPhase.Waiting) is { Value: not null } complete)
        {
            return (Move(complete.Key, CheckpointPhase.Deciding), actions.Add(new CheckpointAction.Decide(complete.Key)));
        }

        if (Unfinished.IsEmpty && Pending.IsEmpty && Final is null)
        {
            var (next, begun) = Begin(isFinal: true);
            return (next, actions.AddRange(begun));
        }

        return (this, actions);
    }
}
