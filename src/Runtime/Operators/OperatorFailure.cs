namespace Weir.Runtime.Operators;

/// <summary>Words failures of operators for the user.</summary>
internal static class OperatorFailure
{
    /// <summary>Whether nobody has said yet where a failure comes from. Bugs of ours and cancellations stay as they are.</summary>
    public static bool IsUnnamed(Exception failure) =>
        failure is not (OperatorException or InvariantException or OperationCanceledException or FencedException);

    public static OperatorException Of(string ids, string job, int subtask, string doing, Exception failure, bool isInFunction = false)
    {
        var who = ids.Contains(',', StringComparison.Ordinal) ? $"One of the operators '{ids}' (they run in one loop)"
            : $"Operator '{ids}'";
        return new OperatorException(ids, subtask, $"{who} of job '{job}' failed in subtask {subtask}, {doing}: {failure.Message}", failure)
        {
            IsInFunction = isInFunction,
        };
    }
}
