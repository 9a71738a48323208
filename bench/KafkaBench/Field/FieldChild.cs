using System.Diagnostics;

namespace Weir.Bench.KafkaLog.Field;

/// <summary>One work by one engine in a process of its own. It tells what that took as its last line.</summary>
internal static class FieldChild
{
    public static async Task<int> RunAsync(string engine, string work, string input, string output, long count)
    {
        Cpu.Watch();
        var begun = Stopwatch.GetTimestamp();
        switch (engine)
        {
            case "weir":
                await FieldWeir.RunAsync(work, input, output, count);
                break;
            case "client":
                FieldClient.Run(work, input, output, count);
                break;
            case "streamiz":
                await FieldStreamiz.RunAsync(work, input, output, count);
                break;
            default:
                throw new ArgumentException($"There is no engine '{engine}'.");
        }

        var compiler = Cpu.CompilerSeconds;
        Figures.Print(
            $"{Cpu.Seconds - compiler:F4} {compiler:F4} {Stopwatch.GetElapsedTime(begun).TotalSeconds:F3} ",
            $"{(double)GC.GetTotalAllocatedBytes() / count:F1}");
        return 0;
    }
}
