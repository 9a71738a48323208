using System.Diagnostics;
using System.Globalization;
using Weir.Runtime.State;

namespace Weir.Bench.RocksDbState;

/// <summary>How long it takes from a checkpoint on the local disk to the first record.</summary>
internal static class Recovery
{
    public static void Run(string root, bool isShort)
    {
        var files = new DirectoryFiles(Directory.CreateDirectory(Path.Combine(root, "store")).FullName);
        var values = isShort ? 1_050_000 : 4_200_000;
        OperatorSnapshot snapshot;
        using (var bench = new Documents(Path.Combine(root, "recovery")))
        {
            Bench.Print($"{values:N0} new keys in no order, with values of a kilobyte", Bench.Rate(values, () => bench.Fill(values)));
            snapshot = bench.Snapshot(files);
        }

        foreach (var verifies in new[] { true, true, false, false })
        {
            var begin = Stopwatch.GetTimestamp();
            using var restored = new Documents(Path.Combine(root, "restored"));
            restored.Restore(files.StateOf(snapshot, verifies), values / 2);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{snapshot.SizeBytes >> 20:N0} MiB restored, {(verifies ? "verified" : "not verified")}, to the first record: "
                    + $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:N2} s"));
        }
    }
}
