using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Weir.Runtime.Telemetry;

namespace Weir.Runtime.State.Tables;

/// <summary>A state by key and namespace on the heap.</summary>
internal sealed partial class HeapStateTable<TKey, TNamespace, TValue, TFunctor> : StateTable<TKey, TNamespace, TValue>
    where TNamespace : IEquatable<TNamespace>
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    private readonly EntryCodecs<TKey, TNamespace, TValue> _codecs;
    private readonly TFunctor _functor;
    private readonly KeySeed _seed;
    private readonly NamespaceIndex<TNamespace, HeapKeyTable<TKey, TValue, TFunctor>> _open;
    private readonly SlotAccount _account = new();
    private readonly History _history;
    private SpareTables<TKey, TValue, TFunctor>? _spare;
    private EntryCodecs<TKey, TNamespace, TValue>? _written;

    public HeapStateTable(EntryCodecs<TKey, TNamespace, TValue> codecs, TFunctor functor, KeySeed seed)
    {
        (_codecs, _functor, _seed) = (codecs, functor, seed);
        _open = new(codecs.Namespaces, seed);
        _history = new History(this);
    }

    /// <summary>Gets the slots that are allocated, spare ones included.</summary>
    public long Slots => _account.Slots;

    /// <inheritdoc/>
    public override StateFigures Figures => new(_account.Keys, _account.Slots * Unsafe.SizeOf<StateSlot<TKey, TValue>>());

    /// <inheritdoc/>
    public override PartForm Description =>
        new(Name, PartKind.Values, _codecs.Namespaces.Schema, _codecs.Keys.Schema, _codecs.Values.Schema);

    /// <inheritdoc/>
    public override IEnumerable<TNamespace> Namespaces => _open.All.Select(entry => entry.Name);

    /// <inheritdoc/>
    public override long Changes => _history.Changes + _history.Gone;

    /// <inheritdoc/>
    public override bool KnowsChanges => _history.Tracks;

    /// <inheritdoc/>
    public override EntryLifetime? Lifetime => _codecs.Lifetime;

    private SpareTables<TKey, TValue, TFunctor> Spare => _spare ??= new SpareTables<TKey, TValue, TFunctor>(_account);

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
    public override KeyTable<TKey, TValue> Open(TNamespace name)
    {
        if (!_open.TryFind(name, out var table))
        {
            table = Spare.Take() ?? new HeapKeyTable<TKey, TValue, TFunctor>(_functor, _account, _history);
            _history.Add(name, table);
            _open.Add(name, table);
        }

        return table;
    }

    /// <inheritdoc/>
    public override void Remove(TNamespace name)
    {
        if (_open.Remove(name, out var table) && _history.MayGo(name, table))
        {
            Spare.Keep(table);
        }
    }

    /// <inheritdoc/>
    public override KeyedSnapshot Snapshot(SnapshotCut cut) => _history.Begin(cut);

    /// <inheritdoc/>
    public override void BeginRestore(int runs) => _history.BeginRestore(runs);

    /// <inheritdoc/>
    public override void Restore(ref MessagePackReader reader, RestoredGroup group)
    {
        var written = _written ?? _codecs;
        var name = written.Namespaces.Read(ref reader);
        var key = ReadKey(ref reader, written, group);
        var value = written.Values.Read(ref reader);
        if (_history.IsGone(name, group))
        {
            return;
        }

        ref var slot = ref _history.Restored(name).Restore(key, _functor.Hash(key), History.MarkOf(group), out var isTwice);
        if (isTwice)
        {
            throw new InvalidDataException($"It holds the key '{key}' of {name} twice.");
        }

        if (!Unsafe.IsNullRef(ref slot))
        {
            slot.Value = value;
        }
    }

    /// <inheritdoc/>
    public override void RestoreRemoval(ref MessagePackReader reader, RestoredGroup group, bool isNamespace)
    {
        var written = _written ?? _codecs;
        var name = written.Namespaces.Read(ref reader);
        if (isNamespace)
        {
            _history.AddGone(name, group);
            return;
        }

        var key = ReadKey(ref reader, written, group);
        if (!_history.IsGone(name, group))
        {
            var isOpen = _open.TryFind(name, out _);
            if (!Unsafe.IsNullRef(ref _history.Restored(name).Restore(key, _functor.Hash(key), History.MarkOf(group), out _)))
            {
                // It stands there so that older entries do not count, until all have been read.
                _history.AddGone(name, key, isOpen);
            }
        }
    }

    /// <inheritdoc/>
    public override void Expect(double times) => _history.Expect(times);

    /// <inheritdoc/>
    public override void EndRestore() => _history.EndRestore();

    private TKey ReadKey(ref MessagePackReader reader, EntryCodecs<TKey, TNamespace, TValue> written, RestoredGroup group)
    {
        var key = written.Keys.Read(ref reader);
        return key is not null && KeyGroups.Of(_codecs.Keys.StableHash(key), group.KeyGroupCount) == group.KeyGroup
            ? key
            : throw new InvalidDataException($"It holds the key '{key}', which belongs to another key group.");
    }
}
