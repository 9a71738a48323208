using System.Buffers;
using System.Buffers.Binary;
using Weir.RocksDbState.Stores;
using Weir.RocksDbState.Tests.Doubles;

namespace Weir.RocksDbState.Tests.Stores;

/// <summary>Many entries go into RocksDB as a table of their own, as the newest.</summary>
public sealed class SortedWriteTests
{
    private const int Many = 60_000;

    [Fact]
    public void A_table_stands_behind_what_was_gathered_and_before_what_is_written_later()
    {
        using var directory = new TemporaryDirectory();
        var memory = new NativeMemory(new RocksDbOptions { BlockCacheBytes = 1 << 20, WriteBufferBytes = 1 << 20 });
        using var store = new RocksStore(memory, Path.Combine(directory.Path, "state"));
        var column = store.Column("s0");
        for (var i = 0; i < Many; i += 2)
        {
            store.Put(column, KeyOf(i), [1]);
        }

        // Deletions and puts that were gathered before are written first.
        store.Write();
        store.Delete(column, KeyOf(2));
        store.Put(column, KeyOf(4), [2]);
        store.WriteSorted(column, Rows(Enumerable.Range(0, Many).Reverse().Where(static i => i % 3 == 0).Append(6), longer: 60));
        store.Put(column, KeyOf(9), [4]);
        store.Write();

        Assert.Equal(3, ValueOf(0));
        Assert.Null(ValueOf(1));
        Assert.Null(ValueOf(2));
        Assert.Equal(3, ValueOf(3));
        Assert.Equal(2, ValueOf(4));
        Assert.Equal(3, ValueOf(6));
        Assert.Equal(1, ValueOf(8));
        Assert.Equal(4, ValueOf(9));
        Assert.Equal(1, ValueOf(Many - 2));

        // A link has it, and so has who opens it.
        var kept = Path.Combine(directory.Path, "kept");
        Assert.Contains(store.Link(kept), static file => file.IsTable);
        using var again = new RocksStore(memory, kept);
        using var walk = again.Walk(again.Column("s0"), KeyOf(0), [255]);
        var count = 0;
        while (walk.MoveNext())
        {
            count++;
        }

        Assert.Equal(Enumerable.Range(0, Many).Count(static i => i != 2 && (i % 2 == 0 || i % 3 == 0)), count);

        int? ValueOf(int key)
        {
            var value = new StoredBytes();
            return store.TryGet(column, KeyOf(key), value) ? value.Memory.Span[0] : null;
        }
    }

    private static ByteRows Rows(IEnumerable<int> keys, int longer)
    {
        var rows = new ByteRows();
        foreach (var key in keys)
        {
            rows.Writer.Write(KeyOf(key));
            rows.EndKey();
            rows.Writer.Write<byte>([3, .. new byte[longer]]);
            rows.End();
        }

        Assert.InRange(rows.Bytes, SortedTable.LeastBytes, int.MaxValue);
        return rows;
    }

    private static byte[] KeyOf(int key)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, key);
        return bytes;
    }
}
