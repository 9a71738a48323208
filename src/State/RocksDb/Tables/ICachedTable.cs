using System.Collections.Immutable;
using Weir.RocksDbState.Snapshots;
using Weir.RocksDbState.Stores;
using Weir.Runtime.State;

namespace Weir.RocksDbState.Tables;

/// <summary>A state table, as the backend looks after it.</summary>
internal interface ICachedTable
{
    /// <summary>Gets the name of its column.</summary>
    string Column { get; }

    /// <summary>Gets the namespaces, for a checkpoint.</summary>
    ImmutableArray<StoredNamespace> Stored { get; }

    /// <summary>Gets a value indicating whether equal keys have equal bytes.</summary>
    bool IsCanonical { get; }

    /// <summary>Gets about how many bytes its slots and what they point to take.</summary>
    long Bytes { get; }

    /// <summary>Gets the number of its entries, those in the store included.</summary>
    long Keys { get; }

    /// <summary>Freezes what is there: a barrier has come.</summary>
    /// <returns>Where it is put aside; null if there is nothing.</returns>
    IAside? Freeze();

    /// <summary>Puts entries of the barrier aside.</summary>
    /// <param name="portion">About how many slots are looked at.</param>
    /// <returns>How much work it was, in slots that are looked at; less than the portion if all have been put aside.</returns>
    int Sweep(int portion);

    /// <summary>Weighs what has come, and in turn what has changed.</summary>
    /// <param name="portion">How many slots are looked at.</param>
    void Weigh(int portion);

    /// <summary>Makes room.</summary>
    /// <param name="count">At most about how many entries go.</param>
    /// <param name="bytes">How much of what they point to is enough.</param>
    /// <param name="mayWrite">Whether dirty ones may be written.</param>
    /// <param name="isHeld">Whether a walk may be under way.</param>
    void Trim(int count, long bytes, bool mayWrite, bool isHeld);

    /// <summary>Begins a walk over all entries of the store: the next snapshot of the table is what it finds.</summary>
    StoredEntries Walk(StoreGate gate);

    /// <summary>Lets go of what walks have opened: the store is closed next.</summary>
    void EndWalks();

    /// <summary>Has another column, which is not there yet. Before anything is in the table.</summary>
    void Rename(string column);

    /// <summary>Takes up a column of a restored store, which is its own from now on.</summary>
    void Adopt(StoredColumn column);

    /// <summary>Copies what is owned of a column of another store.</summary>
    void Copy(IEntryStore from, StoredColumn column, KeyGroupRange owned);
}
