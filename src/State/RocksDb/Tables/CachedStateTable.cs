using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Weir.RocksDbState.Snapshots;
using Weir.RocksDbState.Stores;
using Weir.Runtime.State;
using Weir.Runtime.State.Tables;

namespace Weir.RocksDbState.Tables;

/// <summary>A state by key and namespace: hot entries on the heap, all of them in a column of the operator's store.</summary>
/// <remarks>
/// What a table holds is written when it is evicted, and at a barrier if it has changed since the one before. A namespace that opens and is
/// removed between two barriers, and fits into the cache, is never written at all.
/// </remarks>
internal sealed partial class CachedStateTable<TKey, TNamespace, TValue, TFunctor>(
    EntryCodecs<TKey, TNamespace, TValue> codecs,
    TFunctor functor,
    KeySeed seed,
    string column,
    StateOwner owner,
    CacheAccount account,
    WriteBehind behind)
    : StateTable<TKey, TNamespace, TValue>, ICachedTable
    where TNamespace : IEquatable<TNamespace>
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    private readonly NamespaceIndex<TNamespace, CachedKeyTable<TKey, TNamespace, TValue, TFunctor>> _open = new(codecs.Namespaces, seed);

    // Namespaces that were removed behind a barrier, but are still to be put aside for it.
    private readonly List<CachedKeyTable<TKey, TNamespace, TValue, TFunctor>> _removed = [];
    private readonly StoredBytes _value = new();
    private readonly StoredMany _values = new();
    private Aside<TKey, TNamespace, TValue>? _aside;
    private EntryCodecs<TKey, TNamespace, TValue>? _written;

    // What the next snapshot is, if it is one of a savepoint.
    private StoredEntries? _savepoint;
    private readonly BarrierClock _clock = new();
    private int? _number;

    // The newest snapshot of the key group that is being restored.
    private RestoredGroup _newest = new(KeyGroup: -1, 0, 0);

    /// <summary>Gets how entries lie in the store.</summary>
    public EntryForm<TKey, TNamespace, TValue> Form { get; } = new(codecs, owner.KeyGroupCount);

    /// <inheritdoc/>
    public override PartForm Description => new(Name, PartKind.Values, codecs.Namespaces.Schema, codecs.Keys.Schema, codecs.Values.Schema);

    /// <inheritdoc/>
    public override bool IsInRuns => false;

    /// <summary>Gets what the caches of the operator take.</summary>
    public CacheAccount Account => account;

    /// <inheritdoc/>
    public string Column { get; private set; } = column;

    /// <inheritdoc/>
    public bool IsCanonical => Form.IsCanonical;

    /// <inheritdoc/>
    public long Bytes => _open.All.Sum(entry => entry.Table.Bytes);

    /// <inheritdoc/>
    public long Keys => _open.All.Sum(entry => (long)entry.Table.Count);

    /// <inheritdoc/>
    public ImmutableArray<StoredNamespace> Stored =>
        [.. _open.All.Where(entry => entry.Table.Count > 0).Select(entry => new StoredNamespace(entry.Table.Prefix, entry.Table.Count))];

    /// <inheritdoc/>
    public override IEnumerable<TNamespace> Namespaces => _open.All.Select(entry => entry.Name);

    private int Number => _number ??= behind.Store.Column(Column);

    /// <inheritdoc/>
    public override void ReadAs(EntryCodecs<TKey, TNamespace, TValue> written) => _written = written;

    /// <inheritdoc/>
    public override bool TryFind(TNamespace name, [NotNullWhen(true)] out KeyTable<TKey, TValue>? keys)
    {
        var isFound = _open.TryFind(name, out var table);
        keys = table;
        return isFound;
    }

    /// <inheritdoc/>
    public override KeyTable<TKey, TValue> Open(TNamespace name) => OpenCached(name);

    /// <inheritdoc/>
    public override void Remove(TNamespace name)
    {
        if (!_open.Remove(name, out var table))
        {
            return;
        }

        table.EndWalk();
        if (table.IsUnswept)
        {
            _removed.Add(table);
        }

        if (table.IsStored || table.IsUnswept)
        {
            behind.RemoveAll(Number, table.Prefix);
        }

        if (!table.IsUnswept)
        {
            table.Leave();
        }
    }

    /// <inheritdoc/>
    public override KeyedSnapshot Snapshot(SnapshotCut cut)
    {
        var entries = _savepoint;
        _savepoint = null;
        return (KeyedSnapshot?)entries ?? NoEntries.Instance;
    }

    /// <inheritdoc/>
    public override void RestoreRemoval(ref MessagePackReader reader, RestoredGroup group, bool isNamespace) => throw ByChanges();

    /// <inheritdoc/>
    public override void Restore(ref MessagePackReader reader, RestoredGroup group)
    {
        if (group.KeyGroup != _newest.KeyGroup)
        {
            _newest = group;
        }

        var written = _written ?? codecs;
        var name = written.Namespaces.Read(ref reader);
        var key = written.Keys.Read(ref reader);
        if (key is null || KeyGroups.Of(codecs.Keys.StableHash(key), group.KeyGroupCount) != group.KeyGroup)
        {
            throw new InvalidDataException($"It holds the key '{key}', which belongs to another key group.");
        }

        var keys = OpenCached(name);
        var hash = functor.Hash(key);
        if (!Unsafe.IsNullRef(ref keys.FindExisting(key, hash)))
        {
            // Of each group the newest snapshot comes first. Savepoints of several subtasks have several, but each its own groups.
            throw group.Run < _newest.Run
                ? (Exception)ByChanges()
                : new InvalidDataException($"It holds the key '{key}' of {name} twice.");
        }

        var value = written.Values.Read(ref reader);
        keys.Find(key, hash).Value = value;
        if (Account.IsCrowded || Account.SlotBytes > Account.Limit)
        {
            Trim(1, long.MaxValue, mayWrite: true, isHeld: false);
        }
        else if (Account.Counted > Account.Limit)
        {
            Trim(EntriesAWrite, Account.Excess(Account.Counted), mayWrite: true, isHeld: false);
        }
    }

    private OtherBackendException ByChanges() => new(owner.Operator, "a backend on the heap", "RocksDB");

    /// <summary>Reads an entry of the store.</summary>
    public bool TryLoad(byte[] prefix, in TKey key, [MaybeNullWhen(false)] out TKey stored, [MaybeNullWhen(false)] out TValue value)
    {
        if (!Form.IsCanonical)
        {
            return TryFindEqual(prefix, key, out stored, out value);
        }

        var bytes = Form.BytesOf(prefix, key);
        (stored, value) = (key, default);
        if (behind.IsRemoved(Number, bytes) || !behind.Store.TryGet(Number, bytes, _value))
        {
            return false;
        }

        value = Form.Value(_value.Memory);
        return true;
    }

    /// <summary>Gets rows to gather keys in that are looked for at once.</summary>
    public ByteRows Missed { get; } = new();

    /// <summary>Reads entries of the store; valid until the next are read.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="order">Their order.</param>
    public StoredMany GetMany(ByteRows keys, ReadOnlySpan<int> order)
    {
        _values.Clear();
        behind.Store.GetMany(Number, keys, order, _values);
        return _values;
    }

    /// <summary>Puts an entry aside for the last barrier.</summary>
    /// <returns>How much work that was, in slots that are looked at.</returns>
    public int PutAside(CachedKeyTable<TKey, TNamespace, TValue, TFunctor> table, in StateSlot<TKey, TValue> slot)
    {
        var aside = _aside!;
        if (table.Place.Barrier != _clock.Now)
        {
            (aside.Column, table.Place) = (Number, (_clock.Now, aside.AddName(table.Prefix)));
        }

        return aside.Add(table.Place.Name, slot);
    }

    /// <summary>The entries that the store has of a namespace.</summary>
    public IEntryWalk WalkStored(byte[] prefix) => behind.Store.Walk(Number, prefix, ByteKeys.Behind(prefix));

    /// <summary>Whether an entry that the store still has is gone.</summary>
    public bool IsRemoved(ReadOnlySpan<byte> key) => behind.IsRemoved(Number, key);

    /// <summary>Writes an entry behind.</summary>
    public void WriteEntry(byte[] prefix, in TKey key, in TValue value)
    {
        Form.Write(behind.Begin(Number), prefix, key, value);
        behind.End();
    }

    /// <summary>Writes behind that an entry is gone.</summary>
    public void WriteRemoval(byte[] prefix, in TKey key) => behind.Remove(Number, Form.BytesOf(prefix, key));

    private CachedKeyTable<TKey, TNamespace, TValue, TFunctor> OpenCached(TNamespace name)
    {
        if (!_open.TryFind(name, out var table))
        {
            table = new(this, Form.Prefix(name), functor, _clock);
            _open.Add(name, table);
        }

        return table;
    }

    // Of the few keys of one hash, the one that is equal.
    private bool TryFindEqual(byte[] prefix, in TKey key, [MaybeNullWhen(false)] out TKey stored, [MaybeNullWhen(false)] out TValue value)
    {
        var bucket = Form.Bucket(prefix, key);
        using var walk = behind.Store.Walk(Number, bucket, ByteKeys.Behind(bucket));
        while (walk.MoveNext())
        {
            _value.Set(walk.Key);
            stored = Form.Key(_value.Memory, prefix.Length);
            if (functor.AreEqual(stored, key) && !behind.IsRemoved(Number, walk.Key))
            {
                _value.Set(walk.Value);
                value = Form.Value(_value.Memory);
                return true;
            }
        }

        (stored, value) = (default, default);
        return false;
    }
}
