using Microsoft.Extensions.Logging;

namespace Weir.Hosting;

/// <summary>What is written to the host's log of its jobs, category <c>Weir.Job.‹name›</c>.</summary>
internal static partial class JobLog
{
    /// <summary>Writes an event of a job, at the level that it deserves.</summary>
    public static void Write(ILogger log, string job, JobEvent @event)
    {
        switch (@event)
        {
            case JobEvent.Started started:
                Started(log, job, started.Attempt, started.RestoredFrom?.ToString() ?? "nothing");
                break;
            case JobEvent.CheckpointCompleted completed:
                Completed(log, completed.Checkpoint.ToString(), job, completed.SizeBytes, completed.Duration.TotalMilliseconds);
                break;
            case JobEvent.CheckpointFailed failed:
                CheckpointFailed(log, failed.Checkpoint.ToString(), job, failed.Reason);
                break;
            case JobEvent.CheckpointUnusable unusable:
                Unusable(log, unusable.Checkpoint.ToString(), job, unusable.Reason);
                break;
            case JobEvent.Failed { RetryIn: { } delay } failed:
                Retried(log, failed.Exception, job, delay);
                break;
            case JobEvent.Restarting restarting:
                Restarting(log, job, restarting.Restarts);
                break;
            case JobEvent.Note note:
                Noted(log, job, note.Message);
                break;
            case JobEvent.Warning { IsUrgent: true } warning:
                Alarmed(log, warning.Exception, job, warning.Message);
                break;
            case JobEvent.Warning warning:
                Warned(log, warning.Exception, job, warning.Message);
                break;
            case JobEvent.Finished finished:
                Finished(log, job, finished.Result.RecordsIn, finished.Result.RecordsOut, finished.Result.Elapsed);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Job '{Job}' runs: attempt {Attempt}, restored from {RestoredFrom}")]
    public static partial void Started(ILogger log, string job, long attempt, string restoredFrom);

    [LoggerMessage(2, LogLevel.Debug, "Checkpoint {Checkpoint} of job '{Job}' completed: {Bytes} bytes in {Milliseconds:0} ms")]
    public static partial void Completed(ILogger log, string checkpoint, string job, long bytes, double milliseconds);

    [LoggerMessage(3, LogLevel.Warning, "Checkpoint {Checkpoint} of job '{Job}' was given up: {Reason}")]
    public static partial void CheckpointFailed(ILogger log, string checkpoint, string job, string reason);

    [LoggerMessage(4, LogLevel.Error, "Checkpoint {Checkpoint} of job '{Job}' cannot be used, the one before is tried: {Reason}")]
    public static partial void Unusable(ILogger log, string checkpoint, string job, string reason);

    [LoggerMessage(5, LogLevel.Error, "Job '{Job}' failed and restarts in {Delay}")]
    public static partial void Retried(ILogger log, Exception failure, string job, TimeSpan delay);

    [LoggerMessage(6, LogLevel.Information, "Job '{Job}' restarts, for the {Restarts}. time")]
    public static partial void Restarting(ILogger log, string job, int restarts);

    [LoggerMessage(7, LogLevel.Warning, "Job '{Job}': {Message}")]
    public static partial void Warned(ILogger log, Exception? failure, string job, string message);

    [LoggerMessage(8, LogLevel.Information, "Job '{Job}' has ended: {RecordsIn} records in, {RecordsOut} out, after {Elapsed}")]
    public static partial void Finished(ILogger log, string job, long recordsIn, long recordsOut, TimeSpan elapsed);

    [LoggerMessage(9, LogLevel.Critical, "Job '{Job}' has failed for good")]
    public static partial void Ended(ILogger log, Exception failure, string job);

    [LoggerMessage(10, LogLevel.Warning,
        "Job '{Job}' ends without a last checkpoint: {Cause}. Its next start goes on from {Checkpoint} and reads again what came since; "
            + "nothing is lost or doubled")]
    public static partial void Undrained(ILogger log, string job, string cause, string checkpoint);

    [LoggerMessage(11, LogLevel.Information, "Job '{Job}' was cancelled")]
    public static partial void Canceled(ILogger log, string job);

    [LoggerMessage(12, LogLevel.Information, "Job '{Job}' does not run here: its setting Enabled is false")]
    public static partial void Disabled(ILogger log, string job);

    [LoggerMessage(14, LogLevel.Information, "Job '{Job}' has stopped with the savepoint {Directory}")]
    public static partial void Saved(ILogger log, string job, string directory);

    [LoggerMessage(15, LogLevel.Error, "Job '{Job}' stops without a savepoint, with a last checkpoint alone")]
    public static partial void Unsaved(ILogger log, Exception failure, string job);

    [LoggerMessage(13, LogLevel.Warning, "'{Path}' configures a job that this host does not have. Its jobs: {Jobs}")]
    public static partial void UnknownJob(ILogger log, string path, string jobs);

    [LoggerMessage(17, LogLevel.Information, "Job '{Job}': {Message}")]
    public static partial void Noted(ILogger log, string job, string message);

    [LoggerMessage(18, LogLevel.Error, "Job '{Job}': {Message}")]
    public static partial void Alarmed(ILogger log, Exception? failure, string job, string message);

    [LoggerMessage(16, LogLevel.Warning, "'{Path}' configures what this host does not have. It has: {Names}")]
    public static partial void UnknownSection(ILogger log, string path, string names);

    [LoggerMessage(14, LogLevel.Error,
        "Job '{Job}' is abandoned, for it did not end when it was cancelled: {Who}. The process ends without it, with exit code 1; the "
            + "next start goes on from the newest checkpoint. Give calls of functions a limit of time; or, if they are slow, make "
            + "BatchCapacity smaller: a step treats a batch")]
    public static partial void Abandoned(ILogger log, string job, string who);

    [LoggerMessage(15, LogLevel.Warning,
        "The configuration has no section 'Weir', and job '{Job}' has no checkpoint directory: its state is in memory, a process that is "
            + "killed loses it, and the next one begins anew. Look how the section is spelt, and whether appsettings.json lies in "
            + "'{ContentRoot}', where the host looks for it. Set 'Weir:Defaults:CheckpointDirectory' and 'CheckpointInterval'. If memory "
            + "is what you want, say so in the last argument of AddJob: CheckpointStore = new MemoryCheckpointStore()")]
    public static partial void Unconfigured(ILogger log, string job, string contentRoot);
}
