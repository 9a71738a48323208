using System.Globalization;
using Weir.Victim;

namespace Weir.Kills.Tests.Topics;

/// <summary>A job from topic to topic at three brokers, of which that one dies or stands still that matters most.</summary>
[Collection(Alone.Name)]
public sealed class KafkaClusterTests(ITestOutputHelper output) : Seeded(output)
{
    [Theory]
    [InlineData("kill", "start")]
    [InlineData("pause", "resume")]
    public async Task Without_the_coordinator_of_its_transactions_a_job_goes_on(string end, string begin)
    {
        await using var run = await OpenAsync();
        var process = run.Start();
        for (var i = 0; i < Rounds; i++)
        {
            await TopicsRun.RunsAsync(process, run.Random.Next(1, 6));
            var broker = await Cluster.CoordinatorOfAsync($"weir.{run.Job}.tx");
            await WithoutAsync(broker, end, begin, () => TopicsRun.RunsAsync(process, 5));
            await TopicsRun.RunsAsync(process);
        }

        await run.FinishAsync(process);
        Output.WriteLine($"kafka coordinator {end}: {run}");
    }

    [Theory]
    [InlineData("kill", "start")]
    [InlineData("pause", "resume")]
    public async Task Without_the_leader_of_its_progress_a_job_goes_on_and_starts(string end, string begin)
    {
        await using var run = await OpenAsync();
        await run.KillAtAsync(TopicPoint.AfterAnswer, 3);
        for (var i = 0; i < Rounds; i++)
        {
            var process = run.Start();
            await TopicsRun.RunsAsync(process, run.Random.Next(1, 6));
            await WithoutAsync(Cluster.LeaderOf(run.Servers, run.ProgressTopic), end, begin, async () =>
            {
                await TopicsRun.RunsAsync(process, 5);
                process.Kill();
            });

            // It reads its progress while the leader moves.
            await WithoutAsync(
                Cluster.LeaderOf(run.Servers, run.ProgressTopic), end, begin, () => run.KillAtAsync(TopicPoint.AfterAnswer, 3));
        }

        await run.FinishAsync();
        Output.WriteLine($"kafka leader of the progress {end}: {run}");
    }

    private static int Rounds => IsLong ? 5 : 1;

    private async Task<TopicsRun> OpenAsync()
    {
        Assert.SkipWhen(
            !int.TryParse(Environment.GetEnvironmentVariable("WEIR_KAFKA_BROKERS"), CultureInfo.InvariantCulture, out var brokers)
            || brokers < 3,
            "WEIR_KAFKA_BROKERS=3 is not set: there is one broker. Set it, and WEIR_KAFKA_KIT, for tests/with-kafka.sh.");
        return await TopicsRun.OpenAsync(Seed(), timeoutMs: 20_000);
    }

    private static async Task WithoutAsync(int broker, string end, string begin, Func<Task> act)
    {
        var name = broker.ToString(CultureInfo.InvariantCulture);
        await Cluster.ControlAsync(end, name);
        try
        {
            await act();
        }
        finally
        {
            await Cluster.ControlAsync(begin, name);
        }
    }
}
