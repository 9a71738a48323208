using System.Diagnostics;
using System.Globalization;
using Weir.RocksDbState;

namespace Weir.Bench.RocksDbState;

/// <summary>What the process takes while the state is many times what it may take.</summary>
internal static class Memory
{
    private const long Limit = 64 << 20;

    public static void Run(string root, bool isShort)
    {
        var many = isShort ? 6_000_000L : 24_000_000;
        var options = new RocksDbOptions { CacheBytes = Limit / 4, BlockCacheBytes = Limit / 4, WriteBufferBytes = Limit / 2 };

        // What the runtime, the library and a state of a few keys take anyway.
        using (var small = new Bench(Path.Combine(root, "small"), options))
        {
            small.Add(10_000, i => i);
        }

        GC.Collect();
        var before = Rss();
        Say($"before: {before >> 20:N0} MiB; {Parts()}");
        using var bench = new Bench(Path.Combine(root, "memory"), options);
        var (most, batches, at) = (0L, 0, "");
        void Look()
        {
            if (++batches % 256 == 0 && Rss() is var now && now > most)
            {
                (most, at) = (now, $"then {Parts()}");
            }
        }

        Bench.Print($"{many:N0} new keys", Bench.Rate(many, () => bench.Add(many, i => i, Look)));
        Say($"  {most - before >> 20:N0} MiB more than before at most, {(most - before) / (double)Limit:P0} of the limits' sum; {at}");
        Say($"  making room {bench.Tending.TotalSeconds:N1} s, fetching {bench.Prefetching.TotalSeconds:N1} s");
        (bench.Tending, bench.Prefetching) = (TimeSpan.Zero, TimeSpan.Zero);
        var count = isShort ? 1_000_000 : 4_000_000;
        Bench.Print($"uniform over {many:N0} keys", Bench.Rate(count, () => bench.Add(count, Bench.Uniform(many), Look)));
        Say($"  {most - before >> 20:N0} MiB more than before at most, {(most - before) / (double)Limit:P0} of the limits' sum; "
            + $"on the heap the slots alone would be {many * 2 * 24 >> 20:N0} MiB");
        Say($"  {at}");
        Say($"  making room {bench.Tending.TotalSeconds:N1} s, fetching {bench.Prefetching.TotalSeconds:N1} s");
    }

    private static string Parts()
    {
        var (used, held) = NativeHeap.Bytes;
        return $"{GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes >> 20:N0} MiB the managed heap, {held >> 20:N0} MiB the native one, "
            + $"of which {used >> 20:N0} are in use; {Kibibytes("RssFile:") >> 10:N0} MiB code and other files";
    }

    // Zero where it cannot be told.
    private static long Kibibytes(string name) => !OperatingSystem.IsLinux() ? 0 : File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private static long Rss()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static void Say(string text) => Console.WriteLine(text);
}
