namespace Weir.Runtime.Telemetry;

/// <summary>How transactions of a sink have ended.</summary>
/// <param name="Committed">Committed when their checkpoint existed.</param>
/// <param name="Recovered">Committed at a restart, for their checkpoint existed.</param>
/// <param name="Aborted">Aborted at a restart, for their checkpoint did not exist.</param>
internal readonly record struct TransactionOutcomes(long Committed, long Recovered, long Aborted)
{
    /// <summary>Adds.</summary>
    public TransactionOutcomes Plus(TransactionOutcomes other) =>
        new(Committed + other.Committed, Recovered + other.Recovered, Aborted + other.Aborted);
}
