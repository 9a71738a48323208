using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Weir.Runtime.State.Tables;

/// <summary>Finds the keys of a namespace in one look, however many are open: records that wander between windows ask once each.</summary>
/// <remarks>Open addressing with linear probing. Never enumerated in an order that anyone sees but a snapshot.</remarks>
internal sealed class NamespaceIndex<TNamespace, TTable>(Codec<TNamespace> codec, KeySeed seed)
    where TNamespace : IEquatable<TNamespace>
    where TTable : class
{
    private (TNamespace Name, TTable? Table)[] _entries = new (TNamespace, TTable?)[4];
    private int _shift = 62;

    /// <summary>Gets the number of namespaces.</summary>
    public int Count { get; private set; }

    /// <summary>Gets all of them.</summary>
    public IEnumerable<(TNamespace Name, TTable Table)> All =>
        from entry in _entries where entry.Table is not null select (entry.Name, entry.Table);

    /// <summary>The table of a namespace.</summary>
    public bool TryFind(TNamespace name, [NotNullWhen(true)] out TTable? table)
    {
        table = _entries[Locate(name)].Table;
        return table is not null;
    }

    /// <summary>Adds the table of a namespace that has none.</summary>
    public void Add(TNamespace name, TTable table)
    {
        if (++Count > _entries.Length / 4 * 3)
        {
            Resize(_entries.Length * 2);
        }

        _entries[Locate(name)] = (name, table);
    }

    /// <summary>Takes out the table of a namespace.</summary>
    public bool Remove(TNamespace name, [NotNullWhen(true)] out TTable? table)
    {
        var hole = Locate(name);
        table = _entries[hole].Table;
        if (table is null)
        {
            return false;
        }

        Close(hole);
        Count--;
        if (_entries.Length > 64 && Count < _entries.Length / 16)
        {
            Resize(_entries.Length / 4);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Locate(TNamespace name)
    {
        var entries = _entries;
        var i = HomeOf(name);
        while (entries[i].Table is not null && !entries[i].Name.Equals(name))
        {
            i = (i + 1) & (entries.Length - 1);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int HomeOf(TNamespace name) => (int)(HashOf(name) >> _shift);

    // A constant for the JIT: windows are found by their start, without the codec.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong HashOf(TNamespace name) => typeof(TNamespace) == typeof(long)
        ? KeyHash.Of(Unsafe.As<TNamespace, long>(ref name), seed)
        : KeyHash.Of(codec, name, seed);

    private void Close(int hole)
    {
        var mask = _entries.Length - 1;
        for (var i = (hole + 1) & mask; _entries[i].Table is not null; i = (i + 1) & mask)
        {
            if (((i - HomeOf(_entries[i].Name)) & mask) >= ((i - hole) & mask))
            {
                _entries[hole] = _entries[i];
                hole = i;
            }
        }

        _entries[hole] = default;
    }

    private void Resize(int length)
    {
        var old = _entries;
        _entries = new (TNamespace, TTable?)[length];
        _shift = 64 - BitOperations.Log2((uint)length);
        foreach (var entry in old)
        {
            if (entry.Table is not null)
            {
                _entries[Locate(entry.Name)] = entry;
            }
        }
    }
}
