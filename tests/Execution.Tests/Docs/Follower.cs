namespace Weir.Execution.Tests.Docs;

/// <summary>The example of <c>docs/running.md</c>.</summary>
internal static class Follower
{
    public static async Task<JobResult?> FollowAsync(Job job, JobOptions options, TextWriter output, CancellationToken stop)
    {
        var running = job.Start(options, stop);
        while (await Task.WhenAny(running.Completion, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)) != running.Completion)
        {
            var now = running.Progress;
            output.WriteLine($"{now.RecordsIn} in, {now.RecordsOut} out, event time {now.Watermark:u}, {now.LastCheckpoint}");
        }

        try
        {
            return await running.Completion;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
