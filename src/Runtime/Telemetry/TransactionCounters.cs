namespace Weir.Runtime.Telemetry;

/// <summary>The transactions of one sink in one subtask. Written by the subtask's thread, read by anyone.</summary>
internal sealed class TransactionCounters
{
    private const long None = long.MinValue;

    private long _committed;
    private long _recovered;
    private long _aborted;
    private long _oldest = None;

    /// <summary>Gets how they have ended.</summary>
    public TransactionOutcomes Outcomes =>
        new(Volatile.Read(ref _committed), Volatile.Read(ref _recovered), Volatile.Read(ref _aborted));

    /// <summary>Gets the timestamp at which the oldest was begun that is open, or waits for its end; null if there is none.</summary>
    public long? Oldest => Volatile.Read(ref _oldest) is var oldest && oldest == None ? null : oldest;

    /// <summary>Transactions were committed.</summary>
    public void AddCommitted(int count) => Volatile.Write(ref _committed, _committed + count);

    /// <summary>A transaction of an attempt before was committed.</summary>
    public void AddRecovered() => Volatile.Write(ref _recovered, _recovered + 1);

    /// <summary>A transaction of an attempt before was aborted.</summary>
    public void AddAborted() => Volatile.Write(ref _aborted, _aborted + 1);

    /// <summary>Notes since when the oldest has been there; null for none.</summary>
    public void SetOldest(long? timestamp) => Volatile.Write(ref _oldest, timestamp ?? None);
}
