using FASTER.core;

namespace Weir.Bench.RocksDbState;

/// <summary>FASTER, all in memory: a read-modify-write for each record.</summary>
internal static class Faster
{
    public static void Run(string directory, long keys, long count)
    {
        Directory.CreateDirectory(directory);
        using var log = Devices.CreateLogDevice(Path.Combine(directory, "log"));
        using var store = new FasterKV<long, long>(1L << 20, new LogSettings { LogDevice = log });
        using var session = store.For(new SimpleFunctions<long, long>((old, add) => old + add)).NewSession<SimpleFunctions<long, long>>();
        for (var i = 0L; i < keys; i++)
        {
            session.Upsert(i, i);
        }

        foreach (var (what, keyOf) in new[] { ("1,000,000 uniform keys", Bench.Uniform(keys)), ("1,000 hot keys", Bench.Uniform(1000)) })
        {
            Bench.Print($"FASTER, read-modify-write, {what}", Bench.Rate(count, () =>
            {
                for (var i = 0L; i < count; i++)
                {
                    var (key, add) = (keyOf(i), i);
                    session.RMW(ref key, ref add);
                }
            }));
        }
    }
}
