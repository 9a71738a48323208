using System.Globalization;
using RocksDbSharp;
using Weir.Runtime.Files.Disk;

namespace Weir.RocksDbState.Stores;

/// <summary>
/// A RocksDB database. Without a log: what was written since the last checkpoint is lost with the process, and comes again.
/// </summary>
internal sealed class RocksStore : IEntryStore
{
    private static readonly string[] NoSpace = ["No space left", "Disk quota exceeded", "NoSpace"];
    private static readonly WriteOptions NoLog = new WriteOptions().DisableWal(1);

    private readonly NativeMemory _memory;
    private readonly RocksDbSharp.RocksDb _database;
    private readonly SortedTable _sorted;
    private readonly ChangeBatch _batch = new();
    private readonly ReadOptions _reads = new ReadOptions().SetVerifyChecksums(false);

    // Replaced by another when one is added: who writes to the store beside may look at it.
    private volatile StoredFamily[] _columns = [];

    // Used again by the next read of many.
    private nint[] _starts = [];
    private nuint[] _lengths = [];
    private nint[] _found = [];
    private nint[] _errors = [];

    /// <summary>Opens a database.</summary>
    /// <param name="memory">What it shares with others.</param>
    /// <param name="directory">Its directory; made if it is not there.</param>
    /// <exception cref="StateDirectoryException">Another process has it.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public RocksStore(NativeMemory memory, string directory)
    {
        _memory = memory;
        Directory.CreateDirectory(directory);
        var options = memory.Database();
        var columns = new ColumnFamilies(memory.Column());
        var isThere = File.Exists(Path.Combine(directory, "CURRENT"));
        foreach (var name in isThere ? RocksDbSharp.RocksDb.ListColumnFamilies(options, directory) : [])
        {
            if (name != ColumnFamilies.DefaultName)
            {
                columns.Add(name, memory.Column());
            }
        }

        try
        {
            _database = RocksDbSharp.RocksDb.Open(options, directory, columns);
        }
        catch (RocksDbException failure) when (failure.Message.Contains("lock", StringComparison.OrdinalIgnoreCase))
        {
            throw new StateDirectoryException(
                $"Another process uses the state in '{directory}': {failure.Message} Give each process a RocksDbOptions.Directory of its "
                    + "own, or end the other process.", failure);
        }
        catch (RocksDbException failure)
        {
            throw FullDisk(failure.Message, failure)
                ?? new IOException($"RocksDB cannot open its state in '{directory}': {failure.Message}", failure);
        }

        _sorted = new SortedTable(memory, directory + ".table");
        foreach (var name in columns.Names)
        {
            if (name != ColumnFamilies.DefaultName)
            {
                Add(name, _database.GetColumnFamily(name));
            }
        }
    }

    public int Column(string name)
    {
        var number = Array.FindIndex(_columns, one => one.Name == name);
        return number >= 0 ? number : Add(name, Guard(() => _database.CreateColumnFamily(_memory.Column(), name)));
    }

    public void Drop(string name)
    {
        var number = Array.FindIndex(_columns, one => one.Name == name);
        if (number >= 0)
        {
            Guard(() => _database.DropColumnFamily(name));

            // The numbers of the others stay.
            _columns = [.. _columns.Select((one, i) => i == number ? one with { Name = string.Empty } : one)];
        }
    }

    public unsafe bool TryGet(int column, ReadOnlySpan<byte> key, StoredBytes value)
    {
        nint found;
        nint error;
        fixed (byte* bytes = key)
        {
            found = Native.Instance.rocksdb_get_pinned_cf(
                _database.Handle, _reads.Handle, _columns[column].Handle.Handle, bytes, (nuint)key.Length, out error);
        }

        if (error != 0)
        {
            throw Failure(new RocksDbException(error));
        }

        if (found == 0)
        {
            return false;
        }

        var start = Native.Instance.rocksdb_pinnableslice_value(found, out var length);
        value.Set(new ReadOnlySpan<byte>((void*)start, (int)length));
        Native.Instance.rocksdb_pinnableslice_destroy(found);
        return true;
    }

    public unsafe void GetMany(int column, ByteRows keys, ReadOnlySpan<int> order, StoredMany values)
    {
        var count = order.Length;
        if (_starts.Length < count)
        {
            (_starts, _lengths, _found, _errors) = (new nint[2 * count], new nuint[2 * count], new nint[2 * count], new nint[2 * count]);
        }

        fixed (byte* bytes = keys.All)
        {
            for (var i = 0; i < count; i++)
            {
                _starts[i] = (nint)bytes + keys.StartOf(order[i]);
                _lengths[i] = (nuint)keys.Key(order[i]).Length;
            }

            fixed (nint* results = _found)
            {
                Native.Instance.rocksdb_batched_multi_get_cf(
                    _database.Handle, _reads.Handle, _columns[column].Handle.Handle, (nuint)count, _starts, _lengths, (nint)results,
                    _errors, 1);
            }
        }

        var failed = 0;
        for (var i = 0; i < count; i++)
        {
            if (_errors[i] != 0)
            {
                failed = i + 1;
            }

            if (_found[i] == 0)
            {
                values.AddNone();
                continue;
            }

            var start = Native.Instance.rocksdb_pinnableslice_value(_found[i], out var length);
            values.Add(new ReadOnlySpan<byte>((void*)start, (int)length));
            Native.Instance.rocksdb_pinnableslice_destroy(_found[i]);
        }

        if (failed > 0)
        {
            throw Failure(new RocksDbException(_errors[failed - 1]));
        }
    }

    public IEntryWalk Walk(int column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) =>
        new RocksWalk(_database, _columns[column].Handle, from.ToArray(), to);

    public void Put(int column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => _batch.Put(_columns[column].Id, key, value);

    public void Delete(int column, ReadOnlySpan<byte> key) => _batch.Delete(_columns[column].Id, key);

    public void DeleteRange(int column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) =>
        _batch.DeleteRange(_columns[column].Id, from, to);

    public void Write()
    {
        if (!_batch.IsEmpty)
        {
            using var batch = _batch.ToNative();
            Guard(() => _database.Write(batch, NoLog));
            _batch.Clear();
        }
    }

    public int SortedBytes => _memory.SortedBytes;

    public void WriteSorted(int column, ByteRows rows)
    {
        var order = rows.Order();
        if (rows.Bytes >= SortedTable.LeastBytes)
        {
            Write();
            _sorted.Write(rows, order);
            _sorted.MoveTo(_database.Handle, _columns[column].Handle.Handle);
            return;
        }

        foreach (var row in order)
        {
            Put(column, rows.Key(row), rows.Value(row));
        }

        Write();
    }

    public long EstimateBytes() => _columns.Where(static column => column.Name.Length > 0).Sum(column => long.TryParse(
        _database.GetProperty("rocksdb.estimate-live-data-size", column.Handle), CultureInfo.InvariantCulture, out var bytes) ? bytes : 0);

    public IReadOnlyList<StoreFile> Link(string directory)
    {
        Guard(() =>
        {
            using var checkpoint = _database.Checkpoint();
            checkpoint.Save(directory, 0);
        });
        return
        [
            .. new DirectoryInfo(directory).GetFiles()
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => new StoreFile(file.Name, file.Length, file.Extension == ".sst", file.OpenRead)),
        ];
    }

    public void Dispose()
    {
        Native.Instance.rocksdb_cancel_all_background_work(_database.Handle, 1);
        _database.Dispose();
        _sorted.Dispose();
    }

    private int Add(string name, ColumnFamilyHandle handle)
    {
        _columns = [.. _columns, new StoredFamily(name, handle, ChangeBatch.IdOf(handle))];
        return _columns.Length - 1;
    }

    /// <summary>Of what RocksDB says.</summary>
    internal static IOException Failure(RocksDbException failure) => Failure(failure.Message, failure);

    /// <summary>Of what RocksDB says.</summary>
    internal static IOException Failure(string text, Exception? cause) => FullDisk(text, cause) ?? new($"RocksDB failed: {text}", cause);

    // RocksDB's text has the file in front of what the system says: "While appending to file: /state/000012.sst: No space left on device".
    private static IOException? FullDisk(string text, Exception? cause)
    {
        if (!NoSpace.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var path = text.Split(": ").FirstOrDefault(Path.IsPathRooted);
        return FileErrors.DiskFull(path is null ? "RocksDbOptions.Directory" : Path.GetDirectoryName(path) ?? path, cause);
    }

    private static void Guard(Action call)
    {
        try
        {
            call();
        }
        catch (RocksDbException failure)
        {
            throw Failure(failure);
        }
    }

    private static T Guard<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (RocksDbException failure)
        {
            throw Failure(failure);
        }
    }

    private sealed record StoredFamily(string Name, ColumnFamilyHandle Handle, uint Id);

    private sealed class RocksWalk : IEntryWalk
    {
        private readonly byte[] _from;
        private readonly Iterator _entries;

        // Named by the iterator until it is gone.
        private readonly ReadOptions _options;
        private readonly byte[] _to;
        private bool _hasBegun;
        private bool _hasEnded;

        public unsafe RocksWalk(RocksDbSharp.RocksDb database, ColumnFamilyHandle column, byte[] from, ReadOnlySpan<byte> to)
        {
            _from = from;

            // RocksDB keeps the address.
            _to = GC.AllocateUninitializedArray<byte>(to.Length, pinned: true);
            to.CopyTo(_to);
            var bound = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_to, 0);
            _options = new ReadOptions()
                .SetIterateUpperBound(bound, (ulong)to.Length)
                .SetTotalOrderSeek(true).SetFillCache(false);
            _entries = database.NewIterator(column, _options);
        }

        public ReadOnlySpan<byte> Key => _entries.GetKeySpan();

        public ReadOnlySpan<byte> Value => _entries.GetValueSpan();

        public bool MoveNext()
        {
            if (_hasEnded)
            {
                // RocksDB must not be asked again.
                return false;
            }

            if (_hasBegun)
            {
                _entries.Next();
            }
            else
            {
                _entries.Seek(_from.AsSpan());
                _hasBegun = true;
            }

            return IsOnEntry();
        }

        private bool IsOnEntry()
        {
            if (_entries.Valid())
            {
                return true;
            }

            _hasEnded = true;
            Native.Instance.rocksdb_iter_get_error(_entries.Handle, out var error);
            return error == 0 ? false : throw Failure(new RocksDbException(error));
        }

        public bool Seek(ReadOnlySpan<byte> key)
        {
            (_hasBegun, _hasEnded) = (true, false);
            _entries.Seek(key);
            return IsOnEntry();
        }

        public void Dispose()
        {
            _entries.Dispose();
            GC.KeepAlive(_options);
            GC.KeepAlive(_to);
        }
    }
}
