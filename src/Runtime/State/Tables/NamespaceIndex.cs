using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>Finds the keys of a namespace in one look, however many are open: records that wander between windows ask once each.</summary>
/// <remarks>Never enumerated in an order that anyone sees but a snapshot.</remarks>
internal sealed class NamespaceIndex<TNamespace, TTable>(Codec<TNamespace> codec, KeySeed seed)
    where TNamespace : IEquatable<TNamespace>
    where TTable : class
{
    private readonly Names _functor = new(codec, seed);
    private readonly HeapKeyTable<TNamespace, TTable?, Names> _tables = new(new Names(codec, seed), new SlotAccount());

    /// <summary>Gets the number of namespaces.</summary>
    public int Count => _tables.Count;

    /// <summary>Gets all of them. None may be looked for meanwhile.</summary>
    public IEnumerable<(TNamespace Name, TTable Table)> All => _tables.All().Select(slot => (slot.Key, slot.Value!));

    /// <summary>The table of a namespace.</summary>
    public bool TryFind(TNamespace name, [NotNullWhen(true)] out TTable? table)
    {
        ref var slot = ref _tables.FindExisting(name, _functor.Hash(name));
        table = Unsafe.IsNullRef(ref slot) ? null : slot.Value;
        return table is not null;
    }

    /// <summary>Adds the table of a namespace that has none.</summary>
    public void Add(TNamespace name, TTable table) => _tables.Find(name, _functor.Hash(name)).Value = table;

    /// <summary>Takes out the table of a namespace.</summary>
    public bool Remove(TNamespace name, [NotNullWhen(true)] out TTable? table) =>
        TryFind(name, out table) && _tables.Remove(name, _functor.Hash(name));

    private readonly struct Names(Codec<TNamespace> codec, KeySeed seed) : ITableFunctor<TNamespace, TTable?>
    {
        // A constant for the JIT: windows are found by their start, without the codec.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong Hash(in TNamespace key) => typeof(TNamespace) == typeof(long)
            ? KeyHash.Of(Unsafe.As<TNamespace, long>(ref Unsafe.AsRef(in key)), seed)
            : KeyHash.Of(codec, key, seed);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool AreEqual(in TNamespace left, in TNamespace right) => left.Equals(right);

        public TTable? Create() => null;
    }
}
