using RocksDbSharp;

namespace Weir.Bench.RocksDbState;

/// <summary>The package as it comes: a get and a put for each record.</summary>
internal static class Raw
{
    public static (double Uniform, double Hot) Run(string directory, long keys, long count)
    {
        Directory.CreateDirectory(directory);
        using var database = RocksDbSharp.RocksDb.Open(new DbOptions().SetCreateIfMissing(), directory);
        var noLog = new WriteOptions().DisableWal(1);
        Span<byte> key = stackalloc byte[8];
        Span<byte> value = stackalloc byte[8];
        for (var i = 0L; i < keys; i++)
        {
            BitConverter.TryWriteBytes(key, i);
            BitConverter.TryWriteBytes(value, i);
            database.Put(key, value, null, noLog);
        }

        var uniform = Bench.Rate(count, () => GetAndPut(database, noLog, count, Bench.Uniform(keys)));
        Bench.Print("RocksDB, get and put, 1,000,000 uniform keys", uniform);
        var hot = Bench.Rate(count, () => GetAndPut(database, noLog, count, Bench.Uniform(1000)));
        Bench.Print("RocksDB, get and put, 1,000 hot keys of them", hot);
        return (uniform, hot);
    }

    private static void GetAndPut(RocksDbSharp.RocksDb database, WriteOptions noLog, long count, Func<long, long> keyOf)
    {
        Span<byte> key = stackalloc byte[8];
        Span<byte> value = stackalloc byte[8];
        for (var i = 0L; i < count; i++)
        {
            BitConverter.TryWriteBytes(key, keyOf(i));
            database.GetFixedSizeValue(key, value);
            BitConverter.TryWriteBytes(value, BitConverter.ToInt64(value) + i);
            database.Put(key, value, null, noLog);
        }
    }
}
