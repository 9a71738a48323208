using System.Diagnostics;
using System.Globalization;
using Weir.Bench.KafkaLog.Field;

namespace Weir.Bench.KafkaLog;

/// <summary>Cases that are measured in a process of their own: this program, called again.</summary>
internal static class Children
{
    /// <summary>Runs what a parent asked for.</summary>
    public static Task<int> RunAsync(string[] work) => work switch
    {
        ["field", var engine, var name, var input, var output, var count] =>
            FieldChild.RunAsync(engine, name, input, output, long.Parse(count, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"There is no work '{string.Join(' ', work)}'."),
    };

    /// <summary>Starts this program again.</summary>
    public static Process Start(params string[] work)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["child", .. work]) { RedirectStandardOutput = true };

        // The thread that compiles again would end, and nobody could tell what it took.
        start.Environment["DOTNET_TC_BackgroundWorkerTimeoutMs"] = "600000";
        return Process.Start(start)!;
    }
}
