using System.Runtime.InteropServices;
using RocksDbSharp;

namespace Weir.RocksDbState.Stores;

/// <summary>The memory that all databases of one backend share: one cache of blocks, one limit of write buffers.</summary>
/// <remarks>
/// Never freed: databases of several jobs may use it until the process ends, and options that name it hold no count. It is a few objects
/// for each backend that a process makes.
/// </remarks>
internal sealed class NativeMemory
{
    private const ulong PartBytes = 4096;
    private const nuint ReadAheadBytes = 256 << 10;

    // How much of a write buffer its filter takes.
    private const double FilterPart = 0.05;

    private readonly Cache _blocks;
    private readonly BlockBasedTableOptions _tables;
    private readonly nint _buffers;
    private readonly ulong _bufferBytes;

    /// <summary>Makes it.</summary>
    /// <exception cref="StateDirectoryException">The native library cannot be loaded.</exception>
    public NativeMemory(RocksDbOptions options)
    {
        NativeHeap.LeaveNoHoles();
        try
        {
            _blocks = Cache.CreateLru((ulong)options.BlockCacheBytes);
            _buffers = Native.Instance.rocksdb_write_buffer_manager_create((nuint)options.WriteBufferBytes, 0);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
            or NativeImport.NativeLoadException or TypeInitializationException)
        {
            throw new StateDirectoryException(
                $"The native library of RocksDB cannot be loaded on this machine ({RuntimeInformation.RuntimeIdentifier}): "
                    + $"{failure.GetBaseException().Message} The package RocksDB brings it for linux-x64, linux-arm64, osx-x64, "
                    + "osx-arm64 and win-x64: publish for one of those, with its folder 'runtimes', and on Linux install what "
                    + "'ldd librocksdb.so' names as not found. Without it, leave JobOptions.StateBackend at StateBackend.File.",
                failure);
        }

        _tables = new BlockBasedTableOptions()
            .SetBlockCache(_blocks)
            .SetFilterPolicy(BloomFilterPolicy.Create(10, false))
            .SetBlockSize(4096)
            .SetFormatVersion(5)
            .SetCacheIndexAndFilterBlocks(true)
            .SetPinL0FilterAndIndexBlocksInCache(true)
            .SetIndexType(BlockBasedTableIndexType.TwoLevelIndex);

        // Of a filter only the part is read that a key falls into: a whole one is megabytes, and those of a large state do not fit the
        // cache.
        var native = Native.Instance;
        native.rocksdb_block_based_options_set_partition_filters(_tables.Handle, 1);
        native.rocksdb_block_based_options_set_metadata_block_size(_tables.Handle, PartBytes);
        native.rocksdb_block_based_options_set_pin_top_level_index_and_filter(_tables.Handle, 1);

        // Several for each column, of which one is filled while others are flushed.
        _bufferBytes = (ulong)Math.Clamp(options.WriteBufferBytes / 4, 1L << 20, 32L << 20);
        SortedBytes = (int)Math.Clamp(options.WriteBufferBytes / 8, 1L << 20, 16L << 20);
    }

    /// <summary>Gets how many bytes of entries are sorted at once: with what sorting takes they are about three times as many.</summary>
    public int SortedBytes { get; }

    /// <summary>Options of a database.</summary>
    public DbOptions Database()
    {
        var database = new DbOptions()
            .SetCreateIfMissing()
            .SetCreateMissingColumnFamilies()
            .SetMaxBackgroundCompactions(2)
            .SetMaxBackgroundFlushes(1)
            .SetMaxOpenFiles(-1)
            // A copy of it is in each checkpoint.
            .SetMaxManifestFileSize(256 << 10)
            .SetKeepLogFileNum(1)
            .SetInfoLogLevel(InfoLogLevel.Warn)
            .SetStatsDumpPeriodSec(0);
        Native.Instance.rocksdb_options_set_write_buffer_manager(database.Handle, _buffers);

        // A compaction has such a buffer for each of its files, outside of all limits.
        Native.Instance.rocksdb_options_compaction_readahead_size(database.Handle, ReadAheadBytes);
        return database;
    }

    /// <summary>Options of a column.</summary>
    public ColumnFamilyOptions Column()
    {
        var column = new ColumnFamilyOptions()
            .SetBlockBasedTableFactory(_tables)
            .SetWriteBufferSize(_bufferBytes)
            .SetMaxWriteBufferNumber(3)
            .SetTargetFileSizeBase(32UL << 20)
            .SetLevelCompactionDynamicLevelBytes(true)
            .SetCompression(Compression.Lz4);

        // New keys are looked for in vain first: a filter is quicker than the search in a write buffer.
        Native.Instance.rocksdb_options_set_memtable_prefix_bloom_size_ratio(column.Handle, FilterPart);
        Native.Instance.rocksdb_options_set_memtable_whole_key_filtering(column.Handle, 1);
        return column;
    }
}
