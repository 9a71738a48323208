namespace Weir.RocksDbState.Stores;

/// <summary>
/// A sorted store of bytes on the local disk, with columns: what the tables of one operator in one subtask write behind to.
/// </summary>
/// <remarks>
/// Keys are in order of their bytes. Changes are gathered, and made by <see cref="Write"/>. One thread at a time gathers, writes or links;
/// another one may read beside it, and ask for columns.
/// </remarks>
internal interface IEntryStore : IDisposable
{
    /// <summary>The number of a column, made if there is none of that name.</summary>
    int Column(string name);

    /// <summary>Forgets a column and all that is in it.</summary>
    void Drop(string name);

    /// <summary>Reads a value.</summary>
    /// <returns>Whether there is one.</returns>
    bool TryGet(int column, ReadOnlySpan<byte> key, StoredBytes value);

    /// <summary>Reads many values at once.</summary>
    /// <param name="column">The column.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="order">Their rows, in order of their bytes.</param>
    /// <param name="values">Gets what is there of each, in that order.</param>
    void GetMany(int column, ByteRows keys, ReadOnlySpan<int> order, StoredMany values);

    /// <summary>Entries of a range, as they are now: what is written afterwards is not seen.</summary>
    /// <param name="column">The column.</param>
    /// <param name="from">The first key.</param>
    /// <param name="to">The key behind the last.</param>
    IEntryWalk Walk(int column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to);

    /// <summary>Puts an entry.</summary>
    void Put(int column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>Deletes an entry; it need not be there.</summary>
    void Delete(int column, ReadOnlySpan<byte> key);

    /// <summary>Deletes a range.</summary>
    void DeleteRange(int column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to);

    /// <summary>Makes the changes that were gathered, in their order, all of them or none.</summary>
    void Write();

    /// <summary>Gets about how many bytes of entries are best handed to one call of <see cref="WriteSorted"/>.</summary>
    int SortedBytes { get; }

    /// <summary>Puts many entries at once, behind what was gathered, which is written first.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The entries, in any order. Of equal keys the last counts.</param>
    void WriteSorted(int column, ByteRows rows);

    /// <summary>About how many bytes its live entries take on the disk: an estimate.</summary>
    long EstimateBytes() => 0;

    /// <summary>Keeps what is there now in a directory of its own, where it stays whatever is written later. Takes no copy.</summary>
    /// <param name="directory">The directory; not there yet.</param>
    /// <returns>The files, in order of their names.</returns>
    IReadOnlyList<StoreFile> Link(string directory);
}

/// <summary>A file of what <see cref="IEntryStore.Link"/> kept.</summary>
/// <param name="Name">Its name in the directory.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsTable">Whether it is an immutable table of entries, which has the same name and bytes at the next time.</param>
/// <param name="Open">Opens it.</param>
internal sealed record StoreFile(string Name, long Length, bool IsTable, Func<Stream> Open);

/// <summary>A walk over entries in order of their keys.</summary>
internal interface IEntryWalk : IDisposable
{
    /// <summary>Moves to the next entry, at first to the first.</summary>
    bool MoveNext();

    /// <summary>Moves to the first entry that is not before a key.</summary>
    /// <returns>Whether there is one.</returns>
    bool Seek(ReadOnlySpan<byte> key);

    /// <summary>Gets the key of the entry; valid until the walk moves.</summary>
    ReadOnlySpan<byte> Key { get; }

    /// <summary>Gets the value of the entry; valid until the walk moves.</summary>
    ReadOnlySpan<byte> Value { get; }
}
