using Weir.RocksDbState.Stores;

namespace Weir.RocksDbState.Tables;

/// <summary>
/// What the tables of one operator have still to write to their store: entries that are evicted or swept, and what was removed.
/// </summary>
/// <remarks>
/// Whatever is written is written behind the removals before it. Between a barrier and the link that keeps the store as of that barrier,
/// the
/// removals from before the barrier are frozen: they are written with what the barrier found, and later ones wait.
/// </remarks>
/// <param name="open">Opens the store, when it is needed first.</param>
internal sealed class WriteBehind(Func<IEntryStore> open)
{
    // A batch of so many bytes is worth a call.
    private const int FullBytes = 64 << 10;

    private const int ManyRemovals = 4096;

    private readonly ByteRows _puts = new();
    private IEntryStore? _store;
    private Removals _removed = new();
    private Removals? _frozen;

    /// <summary>Gets the store.</summary>
    public IEntryStore Store => _store ??= open();

    /// <summary>Gets a value indicating whether the store has been opened.</summary>
    public bool IsOpen => _store is not null;

    /// <summary>Takes a store that was restored.</summary>
    public void Use(IEntryStore store) => _store = store;

    /// <summary>Where the next entry is written: its key, then <see cref="ByteRows.EndKey"/>, its value, and <see cref="End"/>.</summary>
    public ByteRows Begin(int column)
    {
        _puts.Tag = column;
        return _puts;
    }

    /// <summary>An entry has been written.</summary>
    public void End()
    {
        _puts.End();
        if (_puts.Bytes >= FullBytes)
        {
            Write();
        }
    }

    /// <summary>A key is gone.</summary>
    public void Remove(int column, ReadOnlySpan<byte> key) => _removed.Keys(column).Add(key);

    /// <summary>All keys that begin so are gone.</summary>
    public void RemoveAll(int column, byte[] prefix) => _removed.Prefixes.Add((column, prefix));

    /// <summary>Gets a value indicating whether so many keys are gone that they should be written.</summary>
    public bool HasManyRemovals => _removed.Count > ManyRemovals;

    /// <summary>Whether a key that the store still has is gone.</summary>
    public bool IsRemoved(int column, ReadOnlySpan<byte> key) => _removed.Has(column, key) || _frozen?.Has(column, key) == true;

    /// <summary>A barrier has come: what is removed from now on waits until <see cref="Thaw"/>.</summary>
    public void Freeze() => (_frozen, _removed) = (_removed, new Removals());

    /// <summary>The store has been kept as it was at the barrier.</summary>
    public void Thaw() => _frozen = null;

    /// <summary>Writes entries that have been gathered, if there are any.</summary>
    public void WritePuts()
    {
        if (_puts.Count > 0)
        {
            Write();
        }
    }

    /// <summary>Writes what has been gathered, in order of keys, removals first.</summary>
    public void Write()
    {
        if (_frozen is { } frozen)
        {
            frozen.WriteTo(Store);
        }
        else
        {
            _removed.WriteTo(Store);
        }

        foreach (var row in _puts.Order())
        {
            Store.Put(_puts.TagOf(row), _puts.Key(row), _puts.Value(row));
        }

        _puts.Clear();
        Store.Write();
    }

    /// <summary>Closes the store. What has not been written is lost.</summary>
    public void Close() => _store?.Dispose();

    private sealed class Removals
    {
        private readonly List<HashSet<byte[]>?> _keys = [];

        public List<(int Column, byte[] Prefix)> Prefixes { get; } = [];

        public int Count => Prefixes.Count + _keys.Sum(keys => keys?.Count ?? 0);

        public HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> Keys(int column)
        {
            while (_keys.Count <= column)
            {
                _keys.Add(null);
            }

            return (_keys[column] ??= new HashSet<byte[]>(ByteKeys.Comparer)).GetAlternateLookup<ReadOnlySpan<byte>>();
        }

        public bool Has(int column, ReadOnlySpan<byte> key) =>
            column < _keys.Count && _keys[column] is { Count: > 0 } && Keys(column).Contains(key);

        public void WriteTo(IEntryStore store)
        {
            foreach (var (column, prefix) in Prefixes)
            {
                store.DeleteRange(column, prefix, ByteKeys.Behind(prefix));
            }

            for (var column = 0; column < _keys.Count; column++)
            {
                // The order does not matter: each is there once.
                foreach (var key in _keys[column] ?? [])
                {
                    store.Delete(column, key);
                }
            }

            Prefixes.Clear();
            _keys.Clear();
        }
    }
}
