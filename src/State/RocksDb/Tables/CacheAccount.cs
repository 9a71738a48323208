namespace Weir.RocksDbState.Tables;

/// <summary>What the caches of one operator's tables take, and what they may.</summary>
internal sealed class CacheAccount(CacheBudget budget)
{
    // An object that was let go is there until the collector comes: at a quarter of the default limits the heap was 2.2 times the cache.
    private const int HeapFactor = 2;

    /// <summary>Gets or sets the bytes of all slots.</summary>
    public long SlotBytes { get; set; }

    /// <summary>Gets or sets the bytes that entries point to, as they were weighed last.</summary>
    public long HeapBytes { get; set; }

    /// <summary>Gets the bytes of slots and of what they point to.</summary>
    public long Bytes => SlotBytes + HeapBytes;

    /// <summary>Gets or sets the number of namespaces that have slots.</summary>
    public int Tables { get; set; }

    /// <summary>Gets or sets how many entries have come since room was made last.</summary>
    public int Inserted { get; set; }

    /// <summary>Gets or sets a value indicating whether a table is as full as it should be and may not grow.</summary>
    public bool IsCrowded { get; set; }

    /// <summary>Gets what may be taken.</summary>
    public long Limit => budget.Share;

    /// <summary>
    /// Gets what counts against the limit: slots, and twice what they point to, for as much again waits for the collector.
    /// </summary>
    public long Counted => SlotBytes + (HeapFactor * HeapBytes);

    /// <summary>What has to go for what counts to be down at the low mark.</summary>
    /// <param name="counted">What counts now.</param>
    /// <returns>Bytes that entries point to.</returns>
    public long Excess(long counted) => (counted - LowMark) / HeapFactor;

    /// <summary>Gets how far it goes down when it was more than may be taken, so that entries go in batches.</summary>
    public long LowMark => Limit - (Limit / 64);

    /// <summary>Whether a table may get larger by doubling.</summary>
    /// <param name="bytes">What its slots take now.</param>
    public bool MayGrow(long bytes) => SlotBytes + bytes <= Limit || 2 * bytes <= Limit / Math.Max(1, Tables);

    /// <summary>
    /// Whether a table that gets larger doubles twice at once: it may, and will not get larger again. Arrays that were outgrown wait for
    /// the collector, those of the last two steps as long as nothing else asks for large ones.
    /// </summary>
    /// <param name="bytes">What its slots take now.</param>
    public bool IsLastGrowth(long bytes) => Tables == 1 && SlotBytes + (3 * bytes) <= Limit && SlotBytes + (7 * bytes) > Limit;
}
