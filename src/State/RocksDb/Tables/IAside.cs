using Weir.RocksDbState.Stores;

namespace Weir.RocksDbState.Tables;

/// <summary>What was put aside of one state for a barrier.</summary>
internal interface IAside
{
    /// <summary>Gets about how many bytes it takes.</summary>
    long Bytes { get; }

    /// <summary>Writes it to the store, in order of keys, a segment at a time, and lets go of it. On any thread.</summary>
    /// <param name="store">The store.</param>
    /// <param name="goesOn">Asked before each segment: whether to go on.</param>
    void WriteTo(IEntryStore store, Func<bool> goesOn);

    /// <summary>It is in the store: what was put aside and has not been touched since is clean. By the subtask.</summary>
    void Settle();
}
