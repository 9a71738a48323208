namespace Weir.Execution.Tests.Docs;

/// <summary>The console program of <c>docs/running.md</c>.</summary>
internal static class ConsoleProgram
{
    public static async Task<int> MainAsync(Job job)
    {
        try
        {
            var result = await job.RunConsoleAsync(new JobOptions { CheckpointDirectory = "checkpoints" });
            Console.WriteLine(result.IsStopped ? "Stopped; the next start goes on from here." : "All input has been read.");
            return 0;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (JobException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
