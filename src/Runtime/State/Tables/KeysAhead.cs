namespace Weir.Runtime.State.Tables;

/// <summary>The keys of a batch, gathered before its records are worked on: a table behind a store fetches them at once.</summary>
/// <remarks>A table on the heap is never asked to (<see cref="KeyTable{TKey, TValue}.Prefetches"/>).</remarks>
/// <typeparam name="TKey">The key.</typeparam>
internal sealed class KeysAhead<TKey>
{
    private TKey[] _keys = [];
    private ulong[] _hashes = [];
    private int _count;

    /// <summary>Gets the keys.</summary>
    public ReadOnlySpan<TKey> Keys => _keys.AsSpan(0, _count);

    /// <summary>Gets their hashes.</summary>
    public ReadOnlySpan<ulong> Hashes => _hashes.AsSpan(0, _count);

    /// <summary>Gathers the keys of records, as far as they can be told.</summary>
    /// <param name="records">The records.</param>
    /// <param name="key">Tells the key of one.</param>
    /// <param name="hash">Hashes a key that is not null.</param>
    public void Gather<T>(ReadOnlySpan<T> records, Func<T, TKey> key, Func<TKey, ulong> hash)
    {
        _count = 0;
        if (_keys.Length < records.Length)
        {
            (_keys, _hashes) = (new TKey[records.Length], new ulong[records.Length]);
        }

        try
        {
            foreach (ref readonly var record in records)
            {
                if (key(record) is { } of)
                {
                    (_keys[_count], _hashes[_count]) = (of, hash(of));
                    _count++;
                }
            }
        }
#pragma warning disable CA1031 // The user's function throws again when it is the record's turn, behind those before it, and is heard then.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Forgets them.</summary>
    public void Clear()
    {
        _keys.AsSpan(0, _count).Clear();
        _count = 0;
    }
}
