using Weir.Graph;

namespace Weir.Runtime.Operators;

/// <summary>Makes the failures of operators that users are told of.</summary>
internal static class OperatorFailure
{
    /// <summary>Whether nobody has said yet where a failure comes from. Bugs of ours and cancellations stay as they are.</summary>
    public static bool IsUnnamed(Exception failure) =>
        failure is not (OperatorException or InvariantException or OperationCanceledException or FencedException);

    public static OperatorException Of(string ids, string job, int subtask, string doing, Exception failure, bool isInFunction = false) =>
        new(FactsOf(ids, job, subtask, doing, failure) with { IsInFunction = isInFunction }, failure);

    /// <summary>A failure while a loop handled a batch.</summary>
    /// <param name="loop">The stages of the loop.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="subtask">The subtask's index.</param>
    /// <param name="times">The event times of the batch.</param>
    /// <param name="failure">What was thrown.</param>
    public static OperatorException InLoop(
        IReadOnlyList<Stage> loop, string job, int subtask, ReadOnlySpan<long> times, Exception failure)
    {
        var ids = string.Join(", ", loop.Select(stage => stage.Id));
        return new(
            FactsOf(ids, job, subtask, "handling a batch", failure) with
            {
                IsInFunction = true,
                Loop = loop,
                Times = TimeRange.Of(times),
            },
            failure);
    }

    /// <summary>A failure over one record, of which the operator knows the event time.</summary>
    /// <param name="id">The operator.</param>
    /// <param name="job">The job's name.</param>
    /// <param name="subtask">The subtask's index.</param>
    /// <param name="doing">What it was doing with the record.</param>
    /// <param name="time">The record's event time; <see cref="long.MinValue"/> if it has none.</param>
    /// <param name="failure">What was thrown.</param>
    public static OperatorException OfRecord(string id, string job, int subtask, string doing, long time, Exception failure) => new(
        FactsOf(id, job, subtask, doing, failure) with
        {
            IsInFunction = true,
            IsOfRecord = true,
            Times = time == long.MinValue ? null : new TimeRange(time, time),
        },
        failure);

    private static FailureFacts FactsOf(string ids, string job, int subtask, string doing, Exception failure) => new()
    {
        Ids = ids,
        Job = job,
        Subtask = subtask,
        Doing = doing,
        Cause = failure.Message,
    };
}
