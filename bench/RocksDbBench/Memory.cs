using System.Diagnostics;
using System.Globalization;
using Weir.RocksDbState;

namespace Weir.Bench.RocksDbState;

/// <summary>What the process takes while the state is many times what it may take.</summary>
internal static class Memory
{
    public static void Run(string root, bool isShort)
    {
        const long Limit = 64 << 20;
        var many = isShort ? 6_000_000L : 24_000_000;
        var options = new RocksDbOptions { CacheBytes = Limit / 4, BlockCacheBytes = Limit / 4, WriteBufferBytes = Limit / 2 };
        var most = new Most(Limit);
        Warm(root, most);
        using var bench = new Bench(Path.Combine(root, "memory"), options);
        Bench.Print($"{many:N0} new keys", Bench.Rate(many, () => bench.Add(many, i => i, most.Look)));
        most.Say();
        Say($"  making room {bench.Tending.TotalSeconds:N1} s, fetching {bench.Prefetching.TotalSeconds:N1} s");
        (bench.Tending, bench.Prefetching) = (TimeSpan.Zero, TimeSpan.Zero);
        var count = isShort ? 1_000_000 : 4_000_000;
        Bench.Print($"uniform over {many:N0} keys", Bench.Rate(count, () => bench.Add(count, Bench.Uniform(many), most.Look)));
        most.Say();
        Say($"  making room {bench.Tending.TotalSeconds:N1} s, fetching {bench.Prefetching.TotalSeconds:N1} s; "
            + $"on the heap the slots alone would be {many * 2 * 24 >> 20:N0} MiB");
    }

    /// <summary>With the default limits, or a quarter of them, and values of a kilobyte: four times the limits and more.</summary>
    public static void RunDefault(string root, bool isShort)
    {
        var options = new RocksDbOptions();
        if (isShort)
        {
            options = options with
            {
                CacheBytes = options.CacheBytes / 4,
                BlockCacheBytes = options.BlockCacheBytes / 4,
                WriteBufferBytes = options.WriteBufferBytes / 4,
            };
        }

        var most = new Most(options.CacheBytes + options.BlockCacheBytes + options.WriteBufferBytes);
        Warm(root, most);
        var many = isShort ? 550_000 : 2_200_000;
        using var bench = new Documents(Path.Combine(root, "memory"), options);
        Bench.Print($"{many:N0} new keys with values of a kilobyte", Bench.Rate(many, () => bench.Fill(many, most.Look)));
        most.Say();
    }

    // A small state that is worked on in RocksDB too: what it takes every state takes, whatever its limits.
    private static void Warm(string root, Most most)
    {
        Say($"before a store is opened: {Rss() >> 20:N0} MiB; {Parts()}");
        const long Least = RocksDbOptions.MinBytes;
        using (var small = new Bench(
            Path.Combine(root, "small"), new() { CacheBytes = Least, BlockCacheBytes = Least, WriteBufferBytes = Least }))
        {
            small.Add(300_000, i => i);
            small.Add(50_000, Bench.Uniform(300_000));
        }

        // What it has let go of is no base: memory of closed databases waits for finalizers, and freed pages for the C library.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        NativeHeap.Trim();
        most.Begin();
        Say($"after a small one with the least limits: {most.Before >> 20:N0} MiB; {Parts()}");
    }

    private sealed class Most(long limit)
    {
        private long _bytes;
        private int _batches;
        private string _parts = string.Empty;

        public long Before { get; private set; }

        public void Begin() => Before = Rss();

        public void Look()
        {
            if (++_batches % 256 == 0 && Rss() is var now && now > _bytes)
            {
                (_bytes, _parts) = (now, Parts());
            }
        }

        public void Say() => Memory.Say($"  {_bytes >> 20:N0} MiB at most, {_bytes - Before >> 20:N0} more than a small state, "
            + $"{(_bytes - Before) / (double)limit:P0} of the limits' sum; then {_parts}");
    }

    private static string Parts()
    {
        var (used, held) = NativeHeap.Bytes;
        var heap = GC.GetGCMemoryInfo(GCKind.Any);
        var large = heap.GenerationInfo[3];
        return $"{heap.TotalCommittedBytes >> 20:N0} MiB the managed heap, of which large arrays {large.SizeAfterBytes >> 20:N0}, free "
            + $"among them {large.FragmentationAfterBytes >> 20:N0}; {held >> 20:N0} MiB the native one, of which {used >> 20:N0} are in "
            + $"use; {Kibibytes("RssFile:") >> 10:N0} MiB code and other files; {GC.CollectionCount(2)} full collections";
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
