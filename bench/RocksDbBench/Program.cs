using System.Diagnostics;
using Weir.Bench.RocksDbState;
using Weir.RocksDbState;
using Weir.Runtime.State;

// usage: Weir.Bench.RocksDb [rates|memory|checkpoints|recovery]…
const long Keys = 1_000_000;
var root = Directory.CreateTempSubdirectory("weir-bench-").FullName;
var asked = args.Length == 0 ? ["rates", "memory", "checkpoints", "recovery"] : args;
try
{
    foreach (var name in asked)
    {
        Console.WriteLine($"— {name}");
        switch (name)
        {
            case "rates":
                Rates();
                break;
            case "memory":
                Memory();
                break;
            case "checkpoints":
                Checkpoints();
                break;
            case "recovery":
                Recovery();
                break;
        }
    }
}
finally
{
    Directory.Delete(root, recursive: true);
}

void Rates()
{
    const long Count = 2_000_000;
    Raw.Run(Path.Combine(root, "raw"), Keys, Count / 4);
    Faster.Run(Path.Combine(root, "faster"), Keys, Count);
    foreach (var (what, cache, count) in new[] { ("all in the cache", 256L << 20, Count), ("a sixth in the cache", 8L << 20, Count / 8) })
    {
        using var bench = new Bench(Path.Combine(root, "uniform"), new() { CacheBytes = cache });
        bench.Add(Keys, i => i);
        Bench.Print($"Weir, 1,000,000 uniform keys, {what}", Bench.Rate(count, () => bench.Add(count, Bench.Uniform(Keys))));
    }

    using var hot = new Bench(Path.Combine(root, "hot"), new() { CacheBytes = 8L << 20 });
    hot.Add(Keys, i => i);
    hot.Add(1_000_000, Bench.Uniform(1000));
    Bench.Print("Weir, 1,000 hot keys of 1,000,000", Bench.Rate(20_000_000, () => hot.Add(20_000_000, Bench.Uniform(1000))));
}

void Memory()
{
    var before = Rss();
    var options = new RocksDbOptions { CacheBytes = 16 << 20, BlockCacheBytes = 16 << 20, WriteBufferBytes = 32 << 20 };
    using var bench = new Bench(Path.Combine(root, "memory"), options);
    const long Many = 16_000_000;
    var most = 0L;
    var batches = 0;
    void Look()
    {
        most = ++batches % 64 == 0 ? Math.Max(most, Rss()) : most;
    }

    bench.Add(Many, i => i, Look);
    bench.Add(1_000_000, Bench.Uniform(Many), Look);
    Say($"{Many:N0} keys (on the heap {Many * 2 * 24 >> 20:N0} MiB of slots), limits of 64 MiB: "
        + $"the process took {most - before >> 20:N0} MiB more at most");
}

void Checkpoints()
{
    foreach (var (what, cache) in new[] { ("all in the cache", 256L << 20), ("a sixth in the cache", 8L << 20) })
    {
        var count = cache > 100 << 20 ? 30_000_000 : 400_000;
        using var bench = new Bench(Path.Combine(root, "checkpoints"), new() { CacheBytes = cache });
        bench.Add(Keys, i => i);
        var without = Bench.Rate(count, () => bench.Add(count, Bench.Uniform(Keys)));
        var files = new DirectoryFiles(Directory.CreateDirectory(Path.Combine(root, "files")).FullName);
        var (last, snapshots, longest, total) = (Stopwatch.GetTimestamp(), 0, TimeSpan.Zero, TimeSpan.Zero);
        OperatorStateWriter? writer = null;
        Task? upload = null;
        void Take()
        {
            if (writer is not null && upload is null && writer.IsReady)
            {
                var ready = writer;
                upload = Task.Run(async () => await ready.FinishAsync(files, CancellationToken.None));
            }

            if (upload is { IsCompleted: true })
            {
                upload.GetAwaiter().GetResult();
                (upload, writer) = (null, null);
            }

            if (writer is null && Stopwatch.GetElapsedTime(last) > TimeSpan.FromSeconds(1))
            {
                last = Stopwatch.GetTimestamp();
                writer = new OperatorStateWriter("op");
                bench.Keyed.Snapshot(writer);
                var took = Stopwatch.GetElapsedTime(last);
                (longest, total, snapshots) = (took > longest ? took : longest, total + took, snapshots + 1);
            }
        }

        bench.LongestPause = TimeSpan.Zero;
        var with = Bench.Rate(count, () => bench.Add(count, Bench.Uniform(Keys), Take));
        upload?.Wait();
        Bench.Print($"without checkpoints, {what}", without);
        Bench.Print($"with one each second, {what}", with);
        Say($"  {with / without:P0}; {snapshots} snapshots, at the barrier {longest.TotalMilliseconds:N2} ms at most, longest pause "
            + $"between batches {bench.LongestPause.TotalMilliseconds:N1} ms, {files.Bytes >> 20:N0} MiB written");
    }
}

void Recovery()
{
    var files = new DirectoryFiles(Directory.CreateDirectory(Path.Combine(root, "store")).FullName);
    OperatorSnapshot snapshot;
    using (var bench = new Bench(Path.Combine(root, "recovery")))
    {
        for (var n = 0L; n < 45; n++)
        {
            bench.Add(1_000_000, i => (n * 1_000_000) + (long)((ulong)i * 0x9E3779B97F4A7C15UL >> 44) + i);
        }

        var writer = new OperatorStateWriter("op");
        bench.Keyed.Snapshot(writer);
        while (!writer.IsReady)
        {
            bench.Tend();
        }

        snapshot = writer.FinishAsync(files, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    for (var run = 0; run < 2; run++)
    {
        var begin = Stopwatch.GetTimestamp();
        using var restored = new Bench(Path.Combine(root, "restored"));
        restored.Restore(files.StateOf(snapshot, verifies: true));
        restored.Add(1, static _ => 1);
        Say($"{snapshot.SizeBytes >> 20:N0} MiB restored, verified, to the first record: "
            + $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:N2} s");
    }
}

static long Rss()
{
    using var process = Process.GetCurrentProcess();
    return process.WorkingSet64;
}

static void Say(string text) => Console.WriteLine(text);
