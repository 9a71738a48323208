namespace Weir.Kills.Tests.Topics;

/// <summary>A job from topic to topic whose broker dies or stands still: the topics show nothing of it.</summary>
[Collection(Alone.Name)]
public sealed class KafkaBrokerTests(ITestOutputHelper output) : Seeded(output)
{
    private const int ShortTimeoutMs = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_broker_that_is_killed_under_a_job_and_started_again_loses_and_doubles_nothing()
    {
        await using var run = await TopicsRun.OpenAsync(Seed());
        var process = run.Start();
        for (var i = 0; i < (IsLong ? 10 : 1); i++)
        {
            await TopicsRun.RunsAsync(process, run.Random.Next(1, 6));
            await Cluster.ControlAsync("kill");
            await Cluster.ControlAsync("start");
        }

        await TopicsRun.RunsAsync(process);
        await run.FinishAsync(process);
        Output.WriteLine($"kafka broker killed: {run}");
    }

    [Fact]
    public async Task A_job_that_is_stopped_while_its_broker_is_gone_ends_says_so_and_loses_nothing()
    {
        SkipUnlessLong();
        await using var run = await TopicsRun.OpenAsync(Seed(), timeoutMs: ShortTimeoutMs);
        var process = run.Start();
        await TopicsRun.RunsAsync(process);
        await Cluster.ControlAsync("kill");
        process.Stop();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await process.EndAsync(Patience);
        Output.WriteLine($"kafka stopped without a broker: it ended behind {watch.Elapsed.TotalSeconds:F0} s: {process.Lines[^1]}");
        Assert.True(process.ExitCode == 1, $"it has not failed, {process}");
        Assert.Contains("was asked to stop, and ends without a last checkpoint", process.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("Its newest checkpoint is chk-", process.Lines[^1], StringComparison.Ordinal);
        await Cluster.ControlAsync("start");
        await run.FinishAsync();
        Output.WriteLine($"kafka stopped without a broker: {run}");
    }

    [Fact]
    public async Task A_broker_that_stands_still_for_half_a_minute_loses_and_doubles_nothing()
    {
        SkipUnlessLong();
        await using var run = await TopicsRun.OpenAsync(Seed(), timeoutMs: 20_000);
        var process = run.Start();
        for (var i = 0; i < 3; i++)
        {
            await TopicsRun.RunsAsync(process, run.Random.Next(1, 6));
            await Cluster.ControlAsync("pause");
            await Task.Delay(TimeSpan.FromSeconds(30));
            await Cluster.ControlAsync("resume");
        }

        await TopicsRun.RunsAsync(process);
        await run.FinishAsync(process);
        Output.WriteLine($"kafka broker stood still: {run}");
    }
}
