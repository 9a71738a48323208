namespace Weir.Bench.Generators;

/// <summary>CPU time that this process took, all threads together.</summary>
internal static class Cpu
{
    /// <summary>Milliseconds that an action took.</summary>
    public static double Of(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    /// <summary>
    /// The median of up to 31 runs, each prepared outside the measurement, after up to three hundred that warm up: whoever types has been
    /// typing for a while, and the compiler server has built before. Long runs are taken five times, after three seconds.
    /// </summary>
    /// <param name="prepare">Makes what is measured; told the run's number.</param>
    public static double Median(Func<int, Action> prepare)
    {
        var run = 0;
        for (var warm = 0.0; run < 2 || (run < 300 && warm < 3_000); run++)
        {
            warm += Of(prepare(run));
        }

        var taken = new List<double>();
        for (var all = 0.0; taken.Count < 5 || (taken.Count < 31 && all < 3_000); run++)
        {
            var action = prepare(run);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            taken.Add(Of(action));
            all += taken[^1];
        }

        return taken.Order().ElementAt(taken.Count / 2);
    }
}
