using System.Runtime.CompilerServices;
using Weir.RocksDbState.Snapshots;
using Weir.RocksDbState.Stores;
using Weir.Runtime;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <content>What the backend does with it between batches, at barriers and at a restore.</content>
internal sealed partial class CachedStateTable<TKey, TNamespace, TValue, TFunctor>
{
    // So many entries are copied in one write.
    private const int EntriesAWrite = 1024;

    // Namespaces that are still to be swept.
    private readonly Queue<CachedKeyTable<TKey, TNamespace, TValue, TFunctor>> _unswept = new();

    /// <inheritdoc/>
    public IAside? Freeze()
    {
        _clock.Tick();
        Moves++;
        Invariant.Holds(_unswept.Count == 0, $"a barrier came to {Column} before that before it was put aside");
        if (!_open.All.Any())
        {
            return null;
        }

        foreach (var (_, table) in _open.All)
        {
            table.Freeze();
            _unswept.Enqueue(table);
        }

        // Its mark is that of tables whose epoch was this one until now.
        return _aside = new(Form, _clock, Tags.Aside(_clock.Now - EpochClock.Barrier + Tags.Ahead));
    }

    /// <inheritdoc/>
    public int Sweep(int portion)
    {
        var looked = 0;
        while (looked < portion && _unswept.TryPeek(out var table))
        {
            looked += 1 + table.Sweep(portion - looked);
            if (!table.IsUnswept)
            {
                _unswept.Dequeue();
                if (_removed.Remove(table))
                {
                    table.Leave();
                }
            }
        }

        return looked;
    }

    /// <summary>Has an entry of nothing in no column, for a rehearsal.</summary>
    public void Rehearse()
    {
        _number = 0;
        OpenCached(default!).Rehearse(hasSlot: !RuntimeHelpers.IsReferenceOrContainsReferences<TValue>());
    }

    /// <inheritdoc/>
    public StoredEntries Walk(StoreGate gate) => _savepoint = new StoredEntries(
        [.. Stored.Select(name => (name.Prefix, WalkStored(name.Prefix)))],
        KeyBytes.GroupBytes + (IsCanonical ? 0 : KeyBytes.HashBytes),
        gate);

    /// <inheritdoc/>
    public void EndWalks()
    {
        foreach (var (_, table) in _open.All)
        {
            table.EndWalk();
        }
    }

    /// <inheritdoc/>
    public void Rename(string column) => (Column, _number) = (column, null);

    /// <inheritdoc/>
    public void Adopt(StoredColumn column)
    {
        if (IsAsNow(column))
        {
            Rename(column.Name);
            foreach (var (prefix, count) in column.Namespaces)
            {
                OpenCached(Form.Namespace(prefix)).Restored(count);
            }
        }
        else
        {
            Copy(behind.Store, column, owner.Owned);
            behind.Store.Drop(column.Name);
        }
    }

    /// <inheritdoc/>
    public void Copy(IEntryStore from, StoredColumn column, KeyGroupRange owned)
    {
        var source = from.Column(column.Name);
        var written = new EntryForm<TKey, TNamespace, TValue>(_written ?? codecs, owner.KeyGroupCount);
        var isAsNow = IsAsNow(column);
        foreach (var (prefix, _) in column.Namespaces)
        {
            var name = written.Namespace(prefix);
            var first = KeyBytes.Group(prefix, owned.First);
            var behindLast = KeyBytes.Group(prefix, owned.Last + 1);
            using var walk = from.Walk(source, first, behindLast);
            var count = 0;
            while (walk.MoveNext())
            {
                count++;
                if (isAsNow)
                {
                    behind.Store.Put(Number, walk.Key, walk.Value);
                }
                else
                {
                    CopyAnew(written, name, prefix.Length, column.IsCanonical, walk);
                }

                if (count % EntriesAWrite == 0)
                {
                    behind.Write();
                }
            }

            behind.Write();
            if (count > 0)
            {
                var table = OpenCached(name);
                table.Restored(table.Count + count);
            }
        }
    }

    // The store has the very bytes that would be written now.
    private bool IsAsNow(StoredColumn column) =>
        column.IsCanonical == Form.IsCanonical
        && (_written is null
            || (ReferenceEquals(_written.Keys, codecs.Keys) && ReferenceEquals(_written.Values, codecs.Values)
                && ReferenceEquals(_written.Namespaces, codecs.Namespaces)));

    private void CopyAnew(
        EntryForm<TKey, TNamespace, TValue> written, TNamespace name, int prefixLength, bool wasCanonical, IEntryWalk walk)
    {
        var key = written.Key(walk.Key.ToArray(), prefixLength, wasCanonical);
        var value = written.Value(walk.Value.ToArray());
        WriteEntry(Form.Prefix(name), key, value);
    }
}
