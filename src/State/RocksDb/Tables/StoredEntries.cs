using Weir.RocksDbState.Stores;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>
/// The entries of one state as the store had them at a barrier, key group by key group: for a savepoint, which every backend reads.
/// </summary>
/// <remarks>
/// The walks were begun at the barrier and see nothing later. In the store an entry's key and value are the very bytes of a savepoint,
/// with a
/// key group, and a hash, between namespace and key: nothing is decoded.
/// </remarks>
/// <param name="namespaces">A walk over each namespace, and what its keys begin with.</param>
/// <param name="frontBytes">How many bytes lie between namespace and key.</param>
/// <param name="gate">Held while the store is read: whoever closes the store takes it, too.</param>
internal sealed class StoredEntries((byte[] Prefix, IEntryWalk Walk)[] namespaces, int frontBytes, StoreGate gate) : KeyedSnapshot
{
    private int _namespace;

    // The walk is on an entry that has not been written.
    private bool _isOnEntry;
    private volatile bool _isReleased;

    /// <summary>Gets a value indicating whether it has let go of the store.</summary>
    public bool IsReleased => _isReleased;

    // How many there are nobody has counted.
    public override long Count => namespaces.Length;

    public override void Arrange(int keyGroupCount)
    {
    }

    public override bool Encode(int keyGroup, KeyGroupPiece piece)
    {
        lock (gate)
        {
            gate.ThrowIfClosed();
            for (; _namespace < namespaces.Length; _namespace++)
            {
                var (prefix, walk) = namespaces[_namespace];
                if (!_isOnEntry)
                {
                    _isOnEntry = walk.Seek(KeyBytes.Group(prefix, keyGroup));
                }

                while (_isOnEntry && KeyBytes.GroupOf(walk.Key, prefix.Length) == keyGroup)
                {
                    if (piece.IsFull)
                    {
                        return false;
                    }

                    var writer = piece.Writer();
                    writer.WriteRaw(prefix);
                    writer.WriteRaw(walk.Key[(prefix.Length + frontBytes)..]);
                    writer.WriteRaw(walk.Value);
                    writer.Flush();
                    _isOnEntry = walk.MoveNext();
                }

                _isOnEntry = false;
            }
        }

        _namespace = 0;
        return true;
    }

    public override void Release()
    {
        lock (gate)
        {
            if (!_isReleased && !gate.IsClosed)
            {
                Array.ForEach(namespaces, name => name.Walk.Dispose());
            }

            _isReleased = true;
        }
    }

    /// <summary>The store is closed next: lets go of it. With the gate held.</summary>
    public void GiveUp()
    {
        if (!_isReleased)
        {
            Array.ForEach(namespaces, name => name.Walk.Dispose());
            _isReleased = true;
        }
    }
}
