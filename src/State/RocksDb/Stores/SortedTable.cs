using RocksDbSharp;

namespace Weir.RocksDbState.Stores;

/// <summary>Many sorted entries as a table of RocksDB, made beside the database and moved into it.</summary>
/// <remarks>
/// What goes into a write buffer is searched its place there one by one, and written to a table later. Here it is written to a table at
/// once. RocksDB takes the table in as the newest of all: it flushes its write buffers first, if they have keys in between.
/// </remarks>
internal sealed class SortedTable : IDisposable
{
    /// <summary>Less is better put into the write buffers: a table costs a file, and one file more to look into.</summary>
    public const int LeastBytes = 1 << 20;

    private readonly string _path;
    private readonly ColumnFamilyOptions _options;
    private readonly nint _environment = Native.Instance.rocksdb_envoptions_create();
    private readonly nint _ingestion = Native.Instance.rocksdb_ingestexternalfileoptions_create();

    /// <summary>Makes nothing yet.</summary>
    /// <param name="memory">What tables are written with.</param>
    /// <param name="path">Where a table lies until it is moved: on the disk of the database.</param>
    public SortedTable(NativeMemory memory, string path)
    {
        (_path, _options) = (path, memory.Column());
        Native.Instance.rocksdb_ingestexternalfileoptions_set_move_files(_ingestion, 1);
        Native.Instance.rocksdb_ingestexternalfileoptions_set_failed_move_fall_back_to_copy(_ingestion, 1);
    }

    /// <summary>Writes the table.</summary>
    /// <param name="rows">The entries.</param>
    /// <param name="order">Their order. Of equal keys the last counts.</param>
    /// <exception cref="IOException">There is no room.</exception>
    public unsafe void Write(ByteRows rows, ReadOnlySpan<int> order)
    {
        var native = Native.Instance;
        var writer = native.rocksdb_sstfilewriter_create(_environment, _options.Handle);
        try
        {
            native.rocksdb_sstfilewriter_open(writer, _path, out var error);
            Check(error);
            fixed (byte* bytes = rows.All)
            {
                for (var i = 0; i < order.Length; i++)
                {
                    var key = rows.Key(order[i]);
                    if (i + 1 < order.Length && rows.Key(order[i + 1]).SequenceEqual(key))
                    {
                        continue;
                    }

                    var start = bytes + rows.StartOf(order[i]);
                    native.rocksdb_sstfilewriter_put(
                        writer, start, (nuint)key.Length, start + key.Length, (nuint)rows.Value(order[i]).Length, out error);
                    Check(error);
                }
            }

            native.rocksdb_sstfilewriter_finish(writer, out error);
            Check(error);
        }
        finally
        {
            native.rocksdb_sstfilewriter_destroy(writer);
        }
    }

    /// <summary>Moves the table into a column of a database.</summary>
    /// <exception cref="IOException">RocksDB does not take it.</exception>
    public void MoveTo(nint database, nint column)
    {
        Native.Instance.rocksdb_ingest_external_file_cf(database, column, [_path], 1, _ingestion, out var error);
        Check(error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Native.Instance.rocksdb_ingestexternalfileoptions_destroy(_ingestion);
        Native.Instance.rocksdb_envoptions_destroy(_environment);
        GC.KeepAlive(_options);
    }

    private static void Check(nint error)
    {
        if (error != 0)
        {
            throw RocksStore.Failure(new RocksDbException(error));
        }
    }
}
