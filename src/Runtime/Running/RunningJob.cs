using Weir.Runtime.Checkpoints.Protocol;
using Weir.Runtime.Running;

namespace Weir;

/// <summary>A job that has been started. All members may be used by any thread, at any time.</summary>
public sealed class RunningJob
{
    private readonly Func<JobProgress> _progress;
    private readonly JobControl _control;

    internal RunningJob(string name, Task<JobResult> completion, Func<JobProgress> progress, JobControl control)
    {
        Name = name;
        Completion = completion;
        _progress = progress;
        _control = control;
    }

    /// <summary>Gets the job's name.</summary>
    public string Name { get; }

    /// <summary>Gets the end of the job: its result, a <see cref="JobException"/>, or its cancellation.</summary>
    public Task<JobResult> Completion { get; }

    /// <summary>Gets how far the job is, now.</summary>
    public JobProgress Progress => _progress();

    /// <summary>
    /// Gets the last 100 checkpoints and savepoints of this run, newest first: those under way, completed and given up, of all attempts.
    /// </summary>
    public IReadOnlyList<JobCheckpoint> Checkpoints => _control.History.Newest;

    /// <summary>Takes a checkpoint now, beside the periodic ones and whatever the interval and the pause between checkpoints are.</summary>
    /// <remarks>
    /// While as many are under way as <see cref="JobOptions.MaxConcurrentCheckpoints"/> allows it waits for one to end, and while the job
    /// restarts it waits for the next attempt; callers who wait at the same time get the same checkpoint. At most 100 requests wait. A job
    /// that takes its last checkpoint already answers with that one.
    /// </remarks>
    /// <param name="cancellation">Ends the wait. A checkpoint that is under way goes on.</param>
    /// <returns>The checkpoint, when it exists.</returns>
    /// <exception cref="CheckpointFailedException">It was refused or given up, or its attempt has failed; or the job has ended.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task<JobCheckpoint> CheckpointAsync(CancellationToken cancellation = default) =>
        _control.Requests.AskAsync(RequestKind.Checkpoint, cancellation);

    /// <summary>
    /// Stops the job without loss: sources stop reading, a last checkpoint is taken behind what they have read, and all of it is committed.
    /// The next run goes on from there and reads nothing twice.
    /// </summary>
    /// <remarks>
    /// May be called again: all callers get the same end. Should the last checkpoint fail, another is taken, as often as
    /// <see cref="JobOptions.TolerableFailures"/> and the restart strategy allow; a job that is restarting begins its next attempt at once,
    /// and takes its last checkpoint with it. When three attempts have failed behind the stop, or 15 seconds have passed in which none came
    /// to run, the job fails instead, and says which checkpoint its next run goes on from. No window fires and no timer because of the
    /// stop: what is open goes on in the next run.
    /// </remarks>
    /// <param name="cancellation">Ends the wait. The job stops all the same: to end it at once, cancel what it was started with.</param>
    /// <returns>What the job did; <see cref="JobResult.IsStopped"/> is false if all sources had ended before.</returns>
    /// <exception cref="JobException">It failed for good before it was stopped, or does not come to a last checkpoint.</exception>
    /// <exception cref="OperationCanceledException">The wait, or the job, was cancelled.</exception>
    public Task<JobResult> StopAsync(CancellationToken cancellation = default)
    {
        _control.Requests.AskForStop();
        return Completion.WaitAsync(cancellation);
    }

    /// <summary>Takes a savepoint: a copy of all state, in a directory of its own, from which this job or another can begin.</summary>
    /// <remarks>
    /// It begins at once, whatever checkpoints are under way; of several, one after the other. The job goes on. The savepoint is no
    /// recovery point: nothing is committed by it, and it takes the place of no checkpoint. What sinks had pre-committed for it is
    /// committed by this job with its next checkpoint. It is named in the savepoint, too: whoever begins with that and writes to the same
    /// place commits it, should this job not have done so by then. A file sink with another directory leaves it to this job.
    /// </remarks>
    /// <param name="directory">Where: a new or an empty directory. It may be moved afterwards.</param>
    /// <param name="cancellation">Ends the wait. A savepoint that is under way is finished; one that has not begun is not taken.</param>
    /// <returns>The savepoint, when it exists.</returns>
    /// <exception cref="CheckpointFailedException">
    /// The directory cannot be written to, or the savepoint was given up; the job goes on. Or the job has ended.
    /// </exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task<JobCheckpoint> SavepointAsync(string directory, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return _control.SaveAsync(RequestKind.Savepoint, directory, cancellation);
    }

    /// <summary>Stops the job as <see cref="StopAsync"/> does, and makes a savepoint of its last checkpoint.</summary>
    /// <remarks>
    /// If the savepoint cannot be written, the job is not stopped: it restarts from its newest checkpoint and goes on, as often as the
    /// restart strategy allows.
    /// </remarks>
    /// <param name="directory">Where: a new or an empty directory. It may be moved afterwards.</param>
    /// <param name="cancellation">Ends the wait. The job stops all the same.</param>
    /// <returns>What the job did, with <see cref="JobResult.SavepointDirectory"/>.</returns>
    /// <exception cref="CheckpointFailedException">
    /// The directory cannot be written to, or the savepoint was given up; the job goes on. Or the job is being stopped already, or has
    /// ended.
    /// </exception>
    /// <exception cref="JobException">The savepoint exists, but the job failed for good before all of it was committed.</exception>
    /// <exception cref="OperationCanceledException">The wait, or the job, was cancelled.</exception>
    public async Task<JobResult> StopWithSavepointAsync(string directory, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        await _control.SaveAsync(RequestKind.StopWithSavepoint, directory, cancellation).ConfigureAwait(false);
        return await Completion.WaitAsync(cancellation).ConfigureAwait(false);
    }
}
