namespace Weir.Runtime.State.Handles;

/// <summary>Says what has expired: by the time to live of one state, and the clock of whose turn it is.</summary>
/// <param name="ttl">The time to live.</param>
/// <param name="turn">Whose turn it is. Nothing expires in the middle of one.</param>
internal sealed class Expiry(StateTtl ttl, ITurn turn)
{
    /// <summary>Gets the turn; what was seen in it is seen until it is over.</summary>
    public long Turn => turn.Turn;

    /// <summary>Gets the processing time of the turn: that of whatever is updated in it.</summary>
    public long Now => turn.Time;

    /// <summary>Gets the time to live, in microseconds.</summary>
    public long Micros => ttl.After.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Gets a value indicating whether reading is an update.</summary>
    public bool IsUpdatedByReading => ttl.IsUpdatedByReading;

    /// <summary>Gets a value indicating whether what has expired is returned until it has been cleaned up.</summary>
    public bool IsReturned => ttl.IsReturnedUntilCleaned;

    /// <summary>Whether the user wants what has expired to be cleaned up by somebody.</summary>
    public bool IsCleanedBy(StateCleanUp who) => ttl.CleanUp.HasFlag(who) && ttl.After != TimeSpan.MaxValue;

    /// <summary>Whether what was updated at a time has expired for the one whose turn it is.</summary>
    public bool IsOver(long updated) => IsOver(updated, turn.Time);

    /// <summary>Whether what was updated at a time has expired at another.</summary>
    public bool IsOver(long updated, long now) => EventTime.Later(updated, ttl.After) <= now;
}

/// <summary>Whose turn it is, as far as time goes.</summary>
internal interface ITurn
{
    /// <summary>Gets a number that differs from turn to turn.</summary>
    long Turn { get; }

    /// <summary>Gets the processing time at which the turn first asked for it; microseconds since the Unix epoch.</summary>
    long Time { get; }
}
