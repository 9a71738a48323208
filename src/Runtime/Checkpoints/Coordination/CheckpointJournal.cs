using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Subtasks;

namespace Weir.Runtime.Checkpoints.Coordination;

/// <summary>Tells users of checkpoints: the history, events, and the answers to what they asked.</summary>
/// <param name="context">The attempt.</param>
internal sealed class CheckpointJournal(CoordinatorContext context)
{
    // Of checkpoints that a newer one subsumed, until it has completed: it covers what they asked for.
    private readonly List<long> _inherited = [];
    private (JobCheckpoint Told, TimeSpan Since)? _committing;

    /// <summary>A checkpoint begins.</summary>
    public CheckpointUnderWay Begin(CheckpointAction.InjectBarriers order, CheckpointName name, TimeSpan now)
    {
        var told = new JobCheckpoint(name, order.Kind, order.IsFinal, context.Job.Time.GetUtcNow())
        {
            SubtaskCount = context.Subtasks.Count,
        };
        context.History.Begin(told);
        return new CheckpointUnderWay(order, now, told) { Savepoint = context.Requests.Begin(order.Requests) };
    }

    /// <summary>A request is answered by a checkpoint that was begun for something else.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The checkpoint.</param>
    /// <param name="underWay">What is known of it; null if it exists already.</param>
    public void Join(long request, CheckpointName name, CheckpointUnderWay? underWay)
    {
        if (underWay is not null)
        {
            underWay.Requests.Add(request);
            context.Requests.Begin([request]);
        }
        else if (context.History.Newest.FirstOrDefault(checkpoint => checkpoint.Name == name) is { } completed)
        {
            context.Requests.Answer([request], completed);
        }
    }

    /// <summary>A subtask has acknowledged a checkpoint.</summary>
    public void Acknowledged(CheckpointUnderWay underWay, SubtaskReport.Acknowledged report, TimeSpan now)
    {
        underWay.Figures[report.Subtask] = new SubtaskCheckpoint(
            NameOf(report.Subtask), report.Phases, report.Operators.Sum(snapshot => snapshot.SizeBytes), report.InFlightBytes);
        context.History.Change(underWay.At(now));
    }

    /// <summary>A checkpoint or a savepoint exists.</summary>
    /// <param name="underWay">What is known of it.</param>
    /// <param name="now">The attempt's time.</param>
    /// <param name="isCopy">Whether it is a savepoint of a job that goes on, and no recovery point.</param>
    public void Completed(CheckpointUnderWay underWay, TimeSpan now, bool isCopy = false)
    {
        var told = underWay.At(now) with { State = CheckpointState.Completed, SavepointDirectory = underWay.Savepoint?.Path };
        context.History.Change(told);
        if (underWay.Savepoint is { } savepoint)
        {
            context.OnEvent(new JobEvent.SavepointCompleted(told.Name, savepoint.Path) { Details = told });
        }

        if (isCopy)
        {
            context.Requests.Answer(underWay.Requests, told);
            return;
        }

        _committing = (told, now);
        context.OnEvent(new JobEvent.CheckpointCompleted(told.Name, told.StateBytes, told.Duration, told.IsFinal) { Details = told });
        context.Requests.Answer([.. _inherited, .. underWay.Requests], told);
        _inherited.Clear();
    }

    /// <summary>All subtasks have committed the newest checkpoint. Told as often as one likes.</summary>
    public void Committed(TimeSpan now)
    {
        if (_committing is { } committing)
        {
            _committing = null;
            var told = committing.Told with { Commit = now - committing.Since };
            context.History.Change(told);
            context.OnCommitted(told);
        }
    }

    /// <summary>A checkpoint was given up.</summary>
    public void GivenUp(CheckpointUnderWay underWay, CheckpointAction.Forget forget, Exception? cause, TimeSpan now)
    {
        var told = underWay.At(now) with
        {
            State = CheckpointState.Failed,
            Failure = forget.Reason,
            FailedSubtask = forget.Subtask is { } subtask ? NameOf(subtask) : null,
        };
        context.History.Change(told);
        if (forget.Why == CheckpointFailureReason.Subsumed)
        {
            _inherited.AddRange(underWay.Requests);
            return;
        }

        context.OnEvent(new JobEvent.CheckpointFailed(told.Name, forget.Reason) { Details = told });
        context.Requests.Fail(underWay.Requests, told, cause);
    }

    private string NameOf(SubtaskId id) => context.Subtasks.First(subtask => subtask.Id == id).Name;
}
