using RocksDbSharp;

namespace Weir.RocksDbState.Stores;

/// <summary>
/// A RocksDB database. Without a log: what was written since the last checkpoint is lost with the process, and comes again.
/// </summary>
internal sealed class RocksStore : IEntryStore
{
    private static readonly WriteOptions NoLog = new WriteOptions().DisableWal(1);

    private readonly NativeMemory _memory;
    private readonly RocksDbSharp.RocksDb _database;
    private readonly List<(string Name, ColumnFamilyHandle Handle)> _columns = [];
    private readonly WriteBatch _batch = new();
    private readonly ReadOptions _reads = new ReadOptions().SetVerifyChecksums(false);
    private bool _isEmpty = true;

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
            throw new IOException($"RocksDB cannot open its state in '{directory}': {failure.Message}", failure);
        }

        foreach (var name in columns.Names)
        {
            if (name != ColumnFamilies.DefaultName)
            {
                _columns.Add((name, _database.GetColumnFamily(name)));
            }
        }
    }

    public int Column(string name)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            if (_columns[i].Name == name)
            {
                return i;
            }
        }

        _columns.Add((name, Guard(() => _database.CreateColumnFamily(_memory.Column(), name))));
        return _columns.Count - 1;
    }

    public void Drop(string name)
    {
        var column = _columns.FindIndex(one => one.Name == name);
        if (column >= 0)
        {
            Guard(() => _database.DropColumnFamily(name));

            // The numbers of the others stay.
            _columns[column] = (string.Empty, _columns[column].Handle);
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

    public unsafe void GetMany(int column, ByteRows keys, Action<int, ReadOnlyMemory<byte>?> values)
    {
        var count = keys.Count;
        var (starts, lengths, found, errors) = (new nint[count], new nuint[count], new nint[count], new nint[count]);
        fixed (byte* bytes = keys.All)
        {
            for (var i = 0; i < count; i++)
            {
                starts[i] = (nint)bytes + keys.StartOf(i);
                lengths[i] = (nuint)keys.Key(i).Length;
            }

            fixed (nint* results = found)
            {
                Native.Instance.rocksdb_batched_multi_get_cf(
                    _database.Handle, _reads.Handle, _columns[column].Handle.Handle, (nuint)count, starts, lengths, (nint)results, errors,
                    1);
            }
        }

        var value = new StoredBytes();
        for (var i = 0; i < count; i++)
        {
            if (errors[i] != 0)
            {
                throw Failure(new RocksDbException(errors[i]));
            }

            if (found[i] == 0)
            {
                values(i, null);
                continue;
            }

            var start = Native.Instance.rocksdb_pinnableslice_value(found[i], out var length);
            value.Set(new ReadOnlySpan<byte>((void*)start, (int)length));
            Native.Instance.rocksdb_pinnableslice_destroy(found[i]);
            values(i, value.Memory);
        }
    }

    public IEntryWalk Walk(int column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) =>
        new RocksWalk(_database, _columns[column].Handle, from.ToArray(), to);

    public void Put(int column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _isEmpty = false;
        _batch.Put(key, value, _columns[column].Handle);
    }

    public void Delete(int column, ReadOnlySpan<byte> key)
    {
        _isEmpty = false;
        _batch.Delete(key, _columns[column].Handle);
    }

    public unsafe void DeleteRange(int column, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        _isEmpty = false;
        fixed (byte* first = from, behind = to)
        {
            _batch.DeleteRange(first, (ulong)from.Length, behind, (ulong)to.Length, _columns[column].Handle);
        }
    }

    public void Write()
    {
        if (!_isEmpty)
        {
            Guard(() => _database.Write(_batch, NoLog));
            _batch.Clear();
            _isEmpty = true;
        }
    }

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
        _batch.Dispose();
        Native.Instance.rocksdb_cancel_all_background_work(_database.Handle, 1);
        _database.Dispose();
    }

    private static IOException Failure(RocksDbException failure) => new($"RocksDB failed: {failure.Message}", failure);

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
