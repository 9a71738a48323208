namespace Weir;

/// <summary>
/// An operator, or a function of the user's within it, has failed. Says which one of which job, on which record, as far as that is known;
/// the cause is the inner exception.
/// </summary>
/// <remarks>
/// What is not known is null. The record is found by asking the functions in front of it again, which are deterministic (ADR 0051); of an
/// aggregate or a sink only the batch is known.
/// </remarks>
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

    internal OperatorException(FailureFacts facts, Exception inner)
        : this(facts.Ids, facts.Subtask, facts.Words(), inner) => Facts = facts;

    /// <summary>Gets the name of the job; null if whoever made the exception did not say.</summary>
    public string? JobName => Facts?.Job;

    /// <summary>Gets the operator's id; several, separated by commas, where one loop runs them all.</summary>
    public string OperatorId { get; }

    /// <summary>Gets the index of the subtask.</summary>
    public int Subtask { get; }

    /// <summary>
    /// Gets the event time of the record that failed, in UTC; null if it has none, or if it is not known which record of the batch it was.
    /// </summary>
    public DateTime? EventTime => Facts is { IsOfRecord: true, Times: { } times } ? Weir.EventTime.ToDateTime(times.Earliest) : null;

    /// <summary>
    /// Gets the earliest event time of the records that were being handled, in UTC: that of the record that failed, where it is known.
    /// </summary>
    public DateTime? EarliestEventTime => Facts?.Times is { } times ? Weir.EventTime.ToDateTime(times.Earliest) : null;

    /// <summary>Gets the latest event time of the records that were being handled, in UTC.</summary>
    public DateTime? LatestEventTime => Facts?.Times is { } times ? Weir.EventTime.ToDateTime(times.Latest) : null;

    /// <summary>
    /// Gets where in the source the record came from, or else the records that were being handled; null where that is not known, behind an
    /// exchange or a window.
    /// </summary>
    public string? Position => Facts?.Position;

    /// <summary>Gets the split that the record came from, as it names itself; null where it is not known.</summary>
    public string? Split => Facts is { MadeBy: null } facts ? facts.Records?.Split : null;

    /// <summary>
    /// Gets the offset from which on the split is read to meet the record: its own where that is known, else that of its batch.
    /// </summary>
    public long? Offset => Facts is { MadeBy: null } facts ? facts.Offset ?? facts.Records?.From : null;

    /// <summary>Gets what is known; null of an exception that was made with words.</summary>
    internal FailureFacts? Facts { get; }

    internal RecordRange? Records => Facts?.Records;

    /// <summary>
    /// Gets a value indicating whether it was thrown while records were handled, and so may come from a function of the user's.
    /// </summary>
    internal bool IsInFunction => Facts?.IsInFunction == true;

    /// <summary>The same failure, of which more is known.</summary>
    internal OperatorException With(Func<FailureFacts, FailureFacts> more) =>
        Facts is { } facts ? new OperatorException(more(facts), InnerException!) : this;

    /// <summary>The same failure, with the place in the source that its records came from.</summary>
    internal OperatorException At(RecordRange records, int count) => With(facts => facts with { Records = records, Count = count });
}
