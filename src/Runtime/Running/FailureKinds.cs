namespace Weir.Runtime.Running;

/// <summary>Tells failures that a restart may help from those that it cannot.</summary>
internal static class FailureKinds
{
    /// <summary>Whether trying again is of no use: anywhere in the chain of causes is something that will be the same next time.</summary>
    public static bool IsPermanent(Exception failure) => Causes.Any(
        failure, static cause => cause is IPermanentFailure or InvariantException or FencedException or JobException);

    /// <summary>Whether another process has taken the job over.</summary>
    public static bool IsFenced(Exception failure) => Causes.Any(failure, static cause => cause is FencedException);

    /// <summary>What the user is told of a job that has failed for good.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="where">The subtask that failed, if it was one.</param>
    /// <param name="failure">What it threw.</param>
    /// <param name="isPermanent">Whether trying again is of no use.</param>
    /// <param name="repeated">How often it was the same failure.</param>
    /// <param name="restarts">How many restarts there were.</param>
    /// <param name="next">What the next run does, from <see cref="NextRun"/>.</param>
    /// <param name="successor">Who has taken the job over; null if that is not known.</param>
    public static JobException Describe(
        string job,
        string? where,
        Exception failure,
        bool isPermanent,
        RepeatedFailure repeated,
        int restarts,
        string next,
        string? successor = null)
    {
        if (failure is JobException told)
        {
            return told;
        }

        // An operator's failure names operator, job and subtask itself.
        var place = failure is OperatorException or PlanException or UnbuiltException ? ""
            : where is null ? $"Job '{job}' failed: "
            : $"Job '{job}' failed in {where}: ";
        return new JobException(
            $"{place}{Sentence(failure.Message)} {WhatToDo(failure, isPermanent, repeated, restarts, next, successor)}", failure);
    }

    /// <summary>A job was to stop, and could not take its last checkpoint: what the user is told of it.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="options">Its options.</param>
    /// <param name="failure">What kept it from doing so.</param>
    /// <param name="failures">How many attempts have failed behind the stop.</param>
    /// <param name="last">The newest checkpoint that is known.</param>
    /// <param name="savepoint">The savepoint that it was stopped with, if that exists.</param>
    /// <param name="isDecidedElsewhere">Whether a sink has put down which checkpoint counts.</param>
    public static JobException Unstopped(
        string job,
        JobOptions options,
        Exception failure,
        int failures,
        CheckpointName? last,
        string? savepoint,
        bool isDecidedElsewhere)
    {
        return new JobException(
            $"Job '{job}' was asked to stop, and ends without a last checkpoint, since it does not come to one: "
                + $"{Sentence(failure.Message)} "
                + (failures == 0 ? "" : $"{Counted.Of(failures, "attempt")} failed since then. ")
                + (savepoint is null ? "" : $"Its savepoint '{savepoint}' exists. ")
                + (last is null ? "It has completed no checkpoint in this run. " : $"Its newest checkpoint is {last}. ")
                + $"Once the cause is mended, run the job again: {NextRun(options, last, isDecidedElsewhere)}"
                + (AreKept(options) ? " It reads again what was read behind that, and nothing is lost." : ""),
            failure);
    }

    /// <summary>A message of somebody else's, ended so that another sentence may follow.</summary>
    public static string Sentence(string message)
    {
        var text = message.TrimEnd();
        return text.Length == 0 || text[^1] is '.' or ')' or '!' or '?' ? text : $"{text}.";
    }

    /// <summary>What a run after this one would do. Checkpoints in the memory of this one do not outlive it.</summary>
    /// <param name="options">The job's options.</param>
    /// <param name="last">The newest checkpoint that is known; an attempt that could not be prepared need not know of one.</param>
    /// <param name="isDecidedElsewhere">Whether a sink has put down which checkpoint counts.</param>
    public static string NextRun(JobOptions options, CheckpointName? last, bool isDecidedElsewhere = false) =>
        !AreKept(options)
            ? isDecidedElsewhere
                ? "it is refused where a checkpoint was written, since without "
                    + $"{nameof(JobOptions)}.{nameof(JobOptions.CheckpointDirectory)} that has ended with its process."
            : $"it begins anew, since no {nameof(JobOptions)}.{nameof(JobOptions.CheckpointDirectory)} is set."
            : last is null ? "it continues from its newest checkpoint, if there is one." : "it continues from its newest checkpoint.";

    // Checkpoints outlive the process.
    private static bool AreKept(JobOptions options) => options is not { CheckpointStore: null, CheckpointDirectory: null };

    private static string WhatToDo(
        Exception failure, bool isPermanent, RepeatedFailure repeated, int restarts, string next, string? successor) => failure switch
        {
            InvariantException => "This is a bug of Weir: please report it with the stack trace. The checkpoints are intact.",
            FencedException when successor is not null => $"It goes on in {successor}. Run a job once at a time, or give the two "
                + "different names.",
            FencedException => "Another process has started the same job on the same checkpoints and goes on with it: run one at a "
                + "time, or give them different names.",
            PlanException => "Nothing was read or written.",
            _ when isPermanent => $"A restart would not help, so there was none. Mend the cause and run the job again: {next}",
            UnbuiltException when repeated.IsExceeded =>
                $"It was the same {failure.InnerException?.GetType().Name} {Counted.Of(repeated.Count, "time")} in a row, so there was no "
                + "further restart. These attempts have read and written nothing. Mend what the stack trace of the inner exception names. "
                + "If none of it is yours, it is a bug of Weir: please report it, and see whether the job runs with "
                + $"{nameof(JobOptions)}.{nameof(JobOptions.Interpreted)}.",
            _ when repeated.IsExceeded =>
                $"It was the same {failure.InnerException?.GetType().Name ?? failure.GetType().Name} "
                + $"{Counted.Of(repeated.Count, "time")} in a row, so there was no further restart. "
                + $"Mend the function, or the record, and run the job again: {next} "
                + $"{nameof(JobOptions)}.{nameof(JobOptions.RepeatedFailureLimit)} says how many are enough.",
            _ when restarts == 0 => $"The restart strategy allows no restart. Run the job again: {next}",
            _ => $"The restart strategy allows no more after {Counted.Of(restarts, "restart")}. Mend the cause and run the job again: "
                + next,
        };
}
