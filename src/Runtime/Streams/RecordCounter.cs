namespace Weir.Runtime.Streams;

/// <summary>A count of records. Written by one thread, a batch at a time, and read by anyone.</summary>
internal sealed class RecordCounter
{
    private long _count;

    /// <summary>Gets the count, which may be a batch old.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Counts.</summary>
    public void Add(long count) => Volatile.Write(ref _count, _count + count);
}
