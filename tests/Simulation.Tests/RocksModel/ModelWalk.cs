using Weir.RocksDbState.Stores;

namespace Weir.Simulation.Tests.RocksModel;

/// <summary>A walk over the entries that were there when it began.</summary>
internal sealed class ModelWalk(KeyValuePair<byte[], byte[]>[] entries) : IEntryWalk
{
    private int _at = -1;

    public ReadOnlySpan<byte> Key => entries[_at].Key;

    public ReadOnlySpan<byte> Value => entries[_at].Value;

    public bool MoveNext() => _at < entries.Length && ++_at < entries.Length;

    public bool Seek(ReadOnlySpan<byte> key)
    {
        for (_at = 0; _at < entries.Length && entries[_at].Key.AsSpan().SequenceCompareTo(key) < 0; _at++)
        {
        }

        return _at < entries.Length;
    }

    public void Dispose()
    {
    }
}
