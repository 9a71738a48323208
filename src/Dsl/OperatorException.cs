namespace Weir;

/// <summary>
/// An operator, or a function of the user's within it, has failed. Says which one and where; the cause is the inner exception.
/// </summary>
public sealed class OperatorException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="operatorId">The operator's id; several, separated by commas, where one loop runs them all.</param>
    /// <param name="subtask">The index of the subtask.</param>
    /// <param name="message">What failed, where, and what to do.</param>
    /// <param name="inner">The cause.</param>
    public OperatorException(string operatorId, int subtask, string message, Exception inner)
        : base(message, inner)
    {
        OperatorId = operatorId;
        Subtask = subtask;
    }

    /// <summary>Gets the operator's id; several, separated by commas, where one loop runs them all.</summary>
    public string OperatorId { get; }

    /// <summary>Gets the index of the subtask.</summary>
    public int Subtask { get; }

    /// <summary>
    /// Gets where in the source the records came from that were being handled; null where that is not known, behind an exchange.
    /// </summary>
    public string? Position => Records?.ToString();

    internal RecordRange? Records { get; init; }

    /// <summary>
    /// Gets a value indicating whether it was thrown while records were handled, and so may come from a function of the user's.
    /// </summary>
    internal bool IsInFunction { get; init; }

    /// <summary>The same failure, with the place in the source that its records came from.</summary>
    internal OperatorException At(RecordRange records) =>
        new(OperatorId, Subtask, $"{Message.TrimEnd().TrimEnd('.')}. The records came from {records}.", InnerException!)
        {
            Records = records,
            IsInFunction = IsInFunction,
        };
}
