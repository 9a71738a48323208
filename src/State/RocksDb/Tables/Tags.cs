namespace Weir.RocksDbState.Tables;

/// <summary>What slots of a cache are marked with (<see cref="Runtime.State.Tables.StateSlot{TKey, TValue}.Epoch"/>).</summary>
/// <remarks>
/// Kernels use a slot without asking if its mark is the table's epoch. So an entry that is given out is dirty until it is written, and the
/// epoch that it was given out in says whether a barrier has come since.
/// </remarks>
internal static class Tags
{
    /// <summary>The slot is free.</summary>
    public const int Free = 0;

    /// <summary>The store has the entry as it is.</summary>
    public const int Clean = 1;

    /// <summary>How far epochs are ahead of the clock, which begins with 1.</summary>
    public const int Ahead = 1;

    /// <summary>The first epoch: marks from here on are of dirty entries.</summary>
    public const int FirstEpoch = 2;
}
