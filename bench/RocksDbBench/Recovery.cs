using System.Diagnostics;
using Weir.Runtime.State;

namespace Weir.Bench.RocksDbState;

/// <summary>How long it takes from a checkpoint on the local disk to the first record.</summary>
internal static class Recovery
{
    public static void Run(string root, bool isShort)
    {
        var files = new DirectoryFiles(Directory.CreateDirectory(Path.Combine(root, "store")).FullName);
        OperatorSnapshot snapshot;
        using (var bench = new Bench(Path.Combine(root, "recovery")))
        {
            // Of each key 17 bytes that do not compress well.
            var millions = isShort ? 12 : 60;
            Bench.Print($"{millions} million new keys in no order", Bench.Rate(1_000_000L * millions, () => bench.Add(
                1_000_000L * millions, static i => (long)((ulong)(i + 1) * 0x9E3779B97F4A7C15UL))));
            Console.WriteLine($"  making room {bench.Tending.TotalSeconds:N1} s, fetching {bench.Prefetching.TotalSeconds:N1} s");

            var writer = new OperatorStateWriter("op");
            bench.Keyed.Snapshot(writer);
            while (!writer.IsReady)
            {
                bench.Tend();
            }

            var all = int.MaxValue;
            writer.Sweep(ref all);
            snapshot = writer.FinishAsync(files, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }

        for (var run = 0; run < 2; run++)
        {
            var begin = Stopwatch.GetTimestamp();
            using var restored = new Bench(Path.Combine(root, "restored"));
            restored.Restore(files.StateOf(snapshot, verifies: true));
            restored.Add(1, static _ => 1);
            Console.WriteLine($"{snapshot.SizeBytes >> 20:N0} MiB restored, verified, to the first record: "
                + $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:N2} s");
        }
    }
}
