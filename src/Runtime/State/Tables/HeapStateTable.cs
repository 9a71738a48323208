using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>A state by key and namespace on the heap.</summary>
internal sealed class HeapStateTable<TKey, TNamespace, TValue, TFunctor>(
    EntryCodecs<TKey, TNamespace, TValue> codecs, TFunctor functor, KeySeed seed)
    : StateTable<TKey, TNamespace, TValue>
    where TNamespace : IEquatable<TNamespace>
    where TFunctor : struct, ITableFunctor<TKey, TValue>
{
    private readonly NamespaceIndex<TNamespace, HeapKeyTable<TKey, TValue, TFunctor>> _open = new(codecs.Namespaces, seed);
    private readonly SlotAccount _account = new();
    private SpareTables<TKey, TValue, TFunctor>? _spare;
    private EntryCodecs<TKey, TNamespace, TValue>? _written;

    /// <summary>Gets the slots that are allocated, spare ones included.</summary>
    public long Slots => _account.Slots;

    /// <inheritdoc/>
    public override PartForm Description => new(Name, PartKind.Values, codecs.Namespaces.Schema, codecs.Keys.Schema, codecs.Values.Schema);

    /// <inheritdoc/>
    public override IEnumerable<TNamespace> Namespaces => _open.All.Select(entry => entry.Name);

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
            table = Spare.Take() ?? new HeapKeyTable<TKey, TValue, TFunctor>(functor, _account);
            _open.Add(name, table);
        }

        return table;
    }

    /// <inheritdoc/>
    public override void Remove(TNamespace name)
    {
        if (_open.Remove(name, out var table))
        {
            Spare.Keep(table);
        }
    }

    /// <inheritdoc/>
    public override KeyedSnapshot Snapshot() => new TableSnapshot<TKey, TNamespace, TValue>(
        [.. _open.All.Select(entry => (entry.Name, (KeyTable<TKey, TValue>)entry.Table))], codecs);

    /// <inheritdoc/>
    public override void Restore(ref MessagePackReader reader, int keyGroup, int keyGroupCount)
    {
        var written = _written ?? codecs;
        var name = written.Namespaces.Read(ref reader);
        var key = written.Keys.Read(ref reader);
        if (key is null || KeyGroups.Of(codecs.Keys.StableHash(key), keyGroupCount) != keyGroup)
        {
            throw new InvalidDataException($"It holds the key '{key}', which belongs to another key group.");
        }

        var keys = Open(name);
        var hash = functor.Hash(key);
        if (!Unsafe.IsNullRef(ref keys.FindExisting(key, hash)))
        {
            throw new InvalidDataException($"It holds the key '{key}' of {name} twice.");
        }

        var value = written.Values.Read(ref reader);
        keys.Find(key, hash).Value = value;
    }
}
