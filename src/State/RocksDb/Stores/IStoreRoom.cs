namespace Weir.RocksDbState.Stores;

/// <summary>
/// The place of one operator's stores, in one attempt. Empty at the beginning, and gone at the end. There is the local disk, and a model in
/// memory for tests.
/// </summary>
internal interface IStoreRoom : IDisposable
{
    /// <summary>A new directory, which is not there yet.</summary>
    /// <param name="what">What it is for.</param>
    string NewDirectory(string what);

    /// <summary>Opens an empty store.</summary>
    IEntryStore Open();

    /// <summary>Opens a store of files that <see cref="IEntryStore.Link"/> named.</summary>
    /// <param name="files">The name of each, and how it is read.</param>
    /// <exception cref="IOException">The files are no store, or there is no room for them.</exception>
    IEntryStore Restore(IEnumerable<(string Name, Func<Stream> Open)> files);

    /// <summary>Deletes a directory. Best effort: all is deleted at the end.</summary>
    /// <param name="directory">The directory.</param>
    void Discard(string directory);
}
