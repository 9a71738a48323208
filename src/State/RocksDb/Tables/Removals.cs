using Weir.RocksDbState.Stores;

namespace Weir.RocksDbState.Tables;

/// <summary>What was removed and is still in the store. Any thread may read it once nobody adds to it.</summary>
internal sealed class Removals
{
    private readonly List<HashSet<byte[]>?> _keys = [];
    private readonly List<(int Column, byte[] Prefix)> _prefixes = [];

    /// <summary>Gets how much that is.</summary>
    public int Count { get; private set; }

    /// <summary>A key is gone.</summary>
    public void Add(int column, ReadOnlySpan<byte> key)
    {
        while (_keys.Count <= column)
        {
            _keys.Add(null);
        }

        if ((_keys[column] ??= new HashSet<byte[]>(ByteKeys.Comparer)).GetAlternateLookup<ReadOnlySpan<byte>>().Add(key))
        {
            Count++;
        }
    }

    /// <summary>All keys that begin so are gone.</summary>
    public void AddAll(int column, byte[] prefix)
    {
        _prefixes.Add((column, prefix));
        Count++;
    }

    /// <summary>Whether a key is gone; not one of those that are gone with all that begin like it.</summary>
    public bool Has(int column, ReadOnlySpan<byte> key) =>
        column < _keys.Count && _keys[column] is { Count: > 0 } keys && keys.GetAlternateLookup<ReadOnlySpan<byte>>().Contains(key);

    /// <summary>Deletes it in a store.</summary>
    public void WriteTo(IEntryStore store)
    {
        foreach (var (column, prefix) in _prefixes)
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
    }
}
