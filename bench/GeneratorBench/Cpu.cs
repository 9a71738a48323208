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

    /// <summary>The median of five runs, each prepared outside the measurement, after up to twenty that warm up.</summary>
    /// <param name="prepare">Makes what is measured; told the run's number.</param>
    public static double Median(Func<int, Action> prepare)
    {
        var run = 0;
        for (var warm = 0.0; run < 2 || (run < 20 && warm < 3_000); run++)
        {
            warm += Of(prepare(run));
        }

        var taken = new List<double>();
        for (; taken.Count < 5; run++)
        {
            var action = prepare(run);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            taken.Add(Of(action));
        }

        return taken.Order().ElementAt(2);
    }
}
