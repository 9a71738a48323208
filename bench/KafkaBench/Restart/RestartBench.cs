using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Weir.Bench.KafkaLog.Restart;

/// <summary>
/// From kill -9 until the first record of the process that is started then can be read, exactly once. The program is that of
/// bench/KafkaRestart: built, or published as one native binary.
/// </summary>
internal static class RestartBench
{
    private const int Partitions = 4;
    private const int Rate = 2000;

    public static void Run(bool isShort, string[] programs)
    {
        foreach (var program in programs.Length > 0 ? programs : [Beside()])
        {
            Measure(program, isShort ? 3 : 7);
        }
    }

    private static string Beside()
    {
        var build = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "KafkaRestart", build, "Weir.Bench.KafkaRestart"));
    }

    private static void Measure(string program, int rounds)
    {
        var (input, output) = (Topics.Make("restart", Partitions), Topics.Make("restart-out", Partitions));
        var directory = Directory.CreateTempSubdirectory("weir-bench-");
        var (first, firsts) = (0L, new List<double>());
        var awaited = 0L;
        using var seen = new AutoResetEvent(false);
        using (new Feeder(input, Partitions, Rate))
        using (new Watcher(output, Partitions, value =>
        {
            if (MemoryMarshal.Read<long>(value) == Volatile.Read(ref awaited))
            {
                first = Stopwatch.GetTimestamp();
                Volatile.Write(ref awaited, 0);
                seen.Set();
            }
        }))
        {
            var running = Start(program, input, output, directory.FullName);
            Volatile.Write(ref awaited, running.Id);
            for (var round = 0; round < rounds; round++)
            {
                Await(seen, program);
                Thread.Sleep(1500 + (round * 37));
                var killed = Stopwatch.GetTimestamp();
                running.Kill();
                running.WaitForExit();
                running.Dispose();
                running = Start(program, input, output, directory.FullName);
                Volatile.Write(ref awaited, running.Id);
                Await(seen, program);
                firsts.Add(Stopwatch.GetElapsedTime(killed, first).TotalMilliseconds);
                seen.Set();
            }

            running.Kill();
            running.WaitForExit();
            running.Dispose();
        }

        var all = string.Join(' ', firsts.Select(time => time.ToString("F0", CultureInfo.InvariantCulture)));
        Figures.Print(
            $"{program}: kill -9 to the first committed record of the next process, ms: ",
            $"median {Figures.Median(firsts):F0} ({all})");
        directory.Delete(recursive: true);
        Topics.Delete(input, output);
    }

    private static void Await(AutoResetEvent seen, string program)
    {
        if (!seen.WaitOne(TimeSpan.FromSeconds(30)))
        {
            throw new TimeoutException($"{program} has written nothing within 30 s.");
        }
    }

    private static Process Start(string program, string input, string output, string directory) =>
        Process.Start(new ProcessStartInfo(program, [Topics.Servers, input, output, directory]))!;
}
