namespace Weir.RocksDbState.Tables;

/// <summary>What the caches of one operator's tables take, and what they may.</summary>
internal sealed class CacheAccount(CacheBudget budget)
{
    /// <summary>Gets or sets the bytes of all slots.</summary>
    public long SlotBytes { get; set; }

    /// <summary>Gets or sets the number of namespaces that have slots.</summary>
    public int Tables { get; set; }

    /// <summary>Gets or sets how many entries have come since room was made last.</summary>
    public int Inserted { get; set; }

    /// <summary>Gets or sets a value indicating whether a table is as full as it should be and may not grow.</summary>
    public bool IsCrowded { get; set; }

    /// <summary>Gets what may be taken.</summary>
    public long Limit => budget.Share;

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
