using System.Globalization;
using Weir.RocksDbState.Stores;

namespace Weir.Simulation.Tests.RocksModel;

/// <summary>
/// What RocksDB does for Weir, small: sorted columns, changes that are gathered, flushed into immutable tables and merged in the
/// background, and directories that keep tables whatever becomes of the store.
/// </summary>
/// <remarks>
/// Its files are memory of the process, as those of RocksDB are lost with it; what is on the simulated disk is what Weir uploads. Each call
/// that changes or keeps something may fail, or be the last.
/// </remarks>
internal sealed class ModelStore : IEntryStore
{
    private const string Manifest = "MANIFEST";

    // Small, so that a few dozen records make several tables, and merges.
    private const int ChangesATable = 24;
    private const int MostTables = 4;

    // A few entries, so that what a barrier finds is more than that now and then.
    private const int BytesASort = 128;

    private readonly Action<string> _disk;
    private readonly List<string> _columns = [];
    private readonly SortedDictionary<string, SortedDictionary<byte[], byte[]>> _entries = new(StringComparer.Ordinal);
    private readonly List<ModelChange> _gathered = [];
    private readonly List<ModelChange> _unflushed = [];
    private readonly List<(string Name, byte[] Bytes)> _tables = [];
    private int _next = 1;

    /// <summary>Opens a store.</summary>
    /// <param name="disk">Stands before each operation: it may throw.</param>
    /// <param name="files">The files that an earlier one kept; none for an empty one.</param>
    public ModelStore(Action<string> disk, IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        _disk = disk;
        disk("open");
        if (files.Count == 0)
        {
            return;
        }

        var all = files.ToDictionary(file => file.Name, file => file.Bytes, StringComparer.Ordinal);
        using var reader = new StringReader(System.Text.Encoding.UTF8.GetString(all[Manifest]));
        _next = int.Parse(reader.ReadLine()!, CultureInfo.InvariantCulture);
        // A column that was dropped has left its number.
        _columns.AddRange(reader.ReadLine() is { Length: > 0 } names ? names.Split('/') : []);
        foreach (var name in _columns.Where(name => name.Length > 0))
        {
            _entries.Add(name, new SortedDictionary<byte[], byte[]>(KeyOrder.Comparer));
        }

        while (reader.ReadLine() is { } name)
        {
            var bytes = all.TryGetValue(name, out var found) ? found
                : throw new IOException($"The table {name} of a model store is missing.");
            _tables.Add((name, bytes));
            foreach (var change in ModelTable.Decode(name, bytes))
            {
                Apply(change);
            }
        }
    }

    public int Column(string name)
    {
        var column = _columns.IndexOf(name);
        if (column < 0)
        {
            column = _columns.Count;
            _columns.Add(name);
            _entries.Add(name, new SortedDictionary<byte[], byte[]>(KeyOrder.Comparer));
        }

        return column;
    }

    public void Drop(string name)
    {
        var column = _columns.IndexOf(name);
        if (column >= 0)
        {
            _unflushed.Add(new ModelChange(ModelChangeKind.Drop, name, [], []));
            _entries.Remove(name);

            // The numbers of the others stay.
            _columns[column] = "";
        }
    }

    public bool TryGet(int column, ReadOnlySpan<byte> key, StoredBytes value)
    {
        _disk("get");
        if (!Entries(column).TryGetValue(key.ToArray(), out var found))
        {
            return false;
        }

        value.Set(found);
        return true;
    }

    public void GetMany(int column, ByteRows keys, ReadOnlySpan<int> order, StoredMany values)
    {
        _disk("get");
        foreach (var row in order)
        {
            if (Entries(column).TryGetValue(keys.Key(row).ToArray(), out var found))
            {
                values.Add(found);
            }
            else
            {
                values.AddNone();
            }
        }
    }

    public IEntryWalk Walk(int column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var (first, behind) = (from.ToArray(), to.ToArray());
        return new ModelWalk([.. Entries(column).Where(entry => IsIn(entry.Key, first, behind))]);
    }

    public void Put(int column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        _gathered.Add(new ModelChange(ModelChangeKind.Put, _columns[column], key.ToArray(), value.ToArray()));

    public void Delete(int column, ReadOnlySpan<byte> key) =>
        _gathered.Add(new ModelChange(ModelChangeKind.Delete, _columns[column], key.ToArray(), []));

    public void DeleteRange(int column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) =>
        _gathered.Add(new ModelChange(ModelChangeKind.DeleteRange, _columns[column], from.ToArray(), to.ToArray()));

    public void Write()
    {
        if (_gathered.Count == 0)
        {
            return;
        }

        _disk("put");
        _gathered.ForEach(Apply);
        _unflushed.AddRange(_gathered);
        _gathered.Clear();
        if (_unflushed.Count >= ChangesATable)
        {
            Flush();
        }
    }

    public int SortedBytes => BytesASort;

    public void WriteSorted(int column, ByteRows rows)
    {
        Write();
        foreach (var row in rows.Order())
        {
            Put(column, rows.Key(row), rows.Value(row));
        }

        Write();
    }

    public IReadOnlyList<StoreFile> Link(string directory)
    {
        _disk("link");
        Flush();
        var manifest = System.Text.Encoding.UTF8.GetBytes(string.Join('\n',
            [_next.ToString(CultureInfo.InvariantCulture), string.Join('/', _columns), .. _tables.Select(table => table.Name)]));
        return
        [
            .. _tables.Select(table => FileOf(table.Name, table.Bytes, isTable: true)).OrderBy(file => file.Name, StringComparer.Ordinal),
            FileOf(Manifest, manifest, isTable: false),
        ];
    }

    public void Dispose()
    {
    }

    private static StoreFile FileOf(string name, byte[] bytes, bool isTable) =>
        new(name, bytes.Length, isTable, () => new MemoryStream(bytes, writable: false));

    private static bool IsIn(byte[] key, byte[] from, byte[] to) =>
        KeyOrder.Comparer.Compare(key, from) >= 0 && KeyOrder.Comparer.Compare(key, to) < 0;

    private SortedDictionary<byte[], byte[]> Entries(int column) => _entries[_columns[column]];

    private void Flush()
    {
        if (_unflushed.Count > 0)
        {
            AddTable(_unflushed);
            _unflushed.Clear();
        }

        if (_tables.Count > MostTables)
        {
            // The store needs the old ones no more; whoever has linked them has them still.
            _tables.Clear();
            AddTable(_entries.SelectMany(column => column.Value.Select(
                entry => new ModelChange(ModelChangeKind.Put, column.Key, entry.Key, entry.Value))));
        }
    }

    private void AddTable(IEnumerable<ModelChange> changes) =>
        _tables.Add((string.Create(CultureInfo.InvariantCulture, $"{_next++:000000}.sst"), ModelTable.Encode(changes)));

    private void Apply(ModelChange change)
    {
        if (!_entries.TryGetValue(change.Column, out var entries))
        {
            // Of a column that was dropped later.
            return;
        }

        switch (change.Kind)
        {
            case ModelChangeKind.Put:
                entries[change.Key] = change.Value;
                break;
            case ModelChangeKind.Delete:
                entries.Remove(change.Key);
                break;
            case ModelChangeKind.DeleteRange:
                foreach (var key in entries.Keys.Where(key => IsIn(key, change.Key, change.Value)).ToList())
                {
                    entries.Remove(key);
                }

                break;
        }
    }

    private sealed class KeyOrder : IComparer<byte[]>
    {
        public static KeyOrder Comparer { get; } = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
