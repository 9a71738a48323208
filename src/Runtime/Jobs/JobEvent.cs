namespace Weir;

/// <summary>Something that happened to a running job and that an operator of it wants to know.</summary>
public abstract record JobEvent
{
    private JobEvent()
    {
    }

    /// <summary>An attempt begins to read records.</summary>
    /// <param name="Attempt">Which start of the job this is, over its whole life.</param>
    /// <param name="RestoredFrom">The checkpoint that it continues from; null if it starts from nothing.</param>
    public sealed record Started(long Attempt, CheckpointName? RestoredFrom) : JobEvent;

    /// <summary>A checkpoint exists.</summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    /// <param name="SizeBytes">Its state files and manifest.</param>
    /// <param name="Duration">From the trigger to its existence.</param>
    /// <param name="IsFinal">Whether it is the last: at the end of all sources, or of a job that is stopped.</param>
    public sealed record CheckpointCompleted(CheckpointName Checkpoint, long SizeBytes, TimeSpan Duration, bool IsFinal) : JobEvent
    {
        /// <summary>Gets what its time and its bytes went into; null in events that were not made by a job.</summary>
        public JobCheckpoint? Details { get; init; }
    }

    /// <summary>A savepoint exists.</summary>
    /// <param name="Checkpoint">The checkpoint that it is a copy of.</param>
    /// <param name="Directory">Where it is.</param>
    public sealed record SavepointCompleted(CheckpointName Checkpoint, string Directory) : JobEvent
    {
        /// <summary>Gets what its time and its bytes went into; null in events that were not made by a job.</summary>
        public JobCheckpoint? Details { get; init; }
    }

    /// <summary>A checkpoint was given up. Nothing is lost: the next one covers its records.</summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    /// <param name="Reason">Why, and at which subtask.</param>
    public sealed record CheckpointFailed(CheckpointName Checkpoint, string Reason) : JobEvent
    {
        /// <summary>Gets the subtask that it failed at, or that had not acknowledged when time was up; null if none is to blame.</summary>
        public string? Subtask => Details?.FailedSubtask;

        /// <summary>Gets how far it had come; null in events that were not made by a job.</summary>
        public JobCheckpoint? Details { get; init; }
    }

    /// <summary>
    /// A checkpoint is damaged and the one before it is tried. What sinks had committed with the damaged one, they will write again: the
    /// output must be checked for duplicates.
    /// </summary>
    /// <param name="Checkpoint">The checkpoint.</param>
    /// <param name="Reason">Which file, and what is wrong with it.</param>
    public sealed record CheckpointUnusable(CheckpointName Checkpoint, string Reason) : JobEvent;

    /// <summary>The attempt failed.</summary>
    /// <param name="Exception">Why.</param>
    /// <param name="RetryIn">When the next attempt begins; null if there will be none.</param>
    public sealed record Failed(Exception Exception, TimeSpan? RetryIn) : JobEvent;

    /// <summary>The next attempt begins.</summary>
    /// <param name="Restarts">How many there have been in this run, this one included.</param>
    public sealed record Restarting(int Restarts) : JobEvent;

    /// <summary>Something went wrong that does not stop the job: a file that could not be deleted.</summary>
    /// <param name="Message">What.</param>
    /// <param name="Exception">Why.</param>
    public sealed record Warning(string Message, Exception? Exception) : JobEvent
    {
        /// <summary>Gets whether somebody should do something at once, before the job fails.</summary>
        public bool IsUrgent { get; init; }
    }

    /// <summary>Something that is as it should be, and good to know when something is not: names that the job has elsewhere.</summary>
    /// <param name="Message">What.</param>
    public sealed record Note(string Message) : JobEvent;

    /// <summary>All sources have ended, or the job was stopped, and everything is committed.</summary>
    /// <param name="Result">What the job did.</param>
    public sealed record Finished(JobResult Result) : JobEvent;
}
