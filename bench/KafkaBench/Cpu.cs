using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench.KafkaLog;

/// <summary>CPU time of this process.</summary>
internal static class Cpu
{
    private const string TierName = ".NET Tiered Com";
    private const double TicksASecond = 100;

    private static readonly ConcurrentDictionary<string, double> Compilers = new();
    private static Timer? _timer;

    public static double Seconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Gets what the threads that compile again took, so far as they were looked at.</summary>
    public static double CompilerSeconds
    {
        get
        {
            Look();
            return Compilers.Values.Sum();
        }
    }

    /// <summary>Looks at the compiler's threads now and then: what an ended thread took is told by nobody.</summary>
    public static void Watch() => _timer ??= new Timer(_ => Look(), null, 100, 100);

    /// <summary>Waits until nothing works in this process: what the client fetches ahead has been fetched.</summary>
    public static void WaitUntilIdle()
    {
        var quiet = 0;
        while (quiet < 3)
        {
            var before = Seconds;
            Thread.Sleep(150);
            quiet = Seconds - before < 0.012 ? quiet + 1 : 0;
        }
    }

    private static void Look()
    {
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(task, "comm")).StartsWith(TierName, StringComparison.Ordinal))
                {
                    var stat = File.ReadAllText(Path.Combine(task, "stat"));
                    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    Compilers[task] = (double.Parse(fields[11], CultureInfo.InvariantCulture)
                        + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksASecond;
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Trace.WriteLine(failure.Message);
            }
        }
    }
}
