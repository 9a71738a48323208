using Weir.Runtime.Telemetry;

namespace Weir.Runtime.Running;

/// <summary>An operator over all of its subtasks. What is null is not counted there, or is not there now.</summary>
internal sealed record OperatorFigures
{
    /// <summary>Gets the records that came in, over all attempts of the run, as all counts.</summary>
    public long? RecordsIn { get; private init; }

    /// <summary>Gets the records that were handed on.</summary>
    public long? RecordsOut { get; private init; }

    /// <summary>Gets the late records that were dropped.</summary>
    public long? Late { get; private init; }

    /// <summary>Gets the malformed records that were left out.</summary>
    public long? Malformed { get; private init; }

    /// <summary>Gets the records that its function threw on, and that it went on without.</summary>
    public long? Failed { get; private init; }

    /// <summary>Gets how its transactions ended.</summary>
    public TransactionOutcomes? Outcomes { get; private init; }

    /// <summary>Gets how much state it has now.</summary>
    public StateFigures? State { get; private init; }

    /// <summary>Gets the least newest watermark of its subtasks; the least number if one of them has seen none.</summary>
    public long? Watermark { get; private init; }

    /// <summary>Gets how many inputs are not waited for now.</summary>
    public int? IdleSplits { get; private init; }

    /// <summary>Gets the timestamp at which its oldest transaction was begun.</summary>
    public long? OldestTransaction { get; private init; }

    /// <summary>Adds one subtask.</summary>
    public OperatorFigures With(OperatorCounters counters) => new()
    {
        RecordsIn = Sum(RecordsIn, counters.In?.Count),
        RecordsOut = Sum(RecordsOut, counters.Out?.Count),
        Late = Sum(Late, counters.Late?.Count),
        Malformed = Sum(Malformed, counters.Malformed?.Count),
        Failed = Sum(Failed, counters.Failed?.Count),
        Outcomes = counters.Transactions is { Outcomes: var outcomes } ? outcomes.Plus(Outcomes ?? default) : Outcomes,
        State = counters.State is { } state ? state().Plus(State ?? default) : State,
        Watermark = Math.Min(Watermark ?? long.MaxValue, counters.Watermark),
        IdleSplits = (int?)Sum(IdleSplits, counters.IdleSplits),
        OldestTransaction = counters.Transactions?.Oldest is { } oldest
            ? Math.Min(OldestTransaction ?? long.MaxValue, oldest)
            : OldestTransaction,
    };

    /// <summary>What stays of it when its attempt has ended: what was counted.</summary>
    public OperatorFigures Ended() => this with { State = null, Watermark = null, IdleSplits = null, OldestTransaction = null };

    private static long? Sum(long? left, long? right) => left is null ? right : left + (right ?? 0);
}
