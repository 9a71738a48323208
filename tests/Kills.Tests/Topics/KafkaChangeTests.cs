using Weir.Victim;

namespace Weir.Kills.Tests.Topics;

/// <summary>A job from topic to topic whose parallelism, topics and checkpoints change between its starts, and under it.</summary>
public sealed class KafkaChangeTests(ITestOutputHelper output) : Seeded(output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Parallelism_goes_from_1_to_4_to_3_and_partitions_are_added_under_load()
    {
        await using var run = await TopicsRun.OpenAsync(Seed(), mode: "mixed");
        for (var i = 0; i < (IsLong ? 5 : 1); i++)
        {
            await run.KillAtAsync(TopicPoint.AfterProgress, 4, parallelism: 1);
            var four = run.Start(parallelism: 4);
            await TopicsRun.RunsAsync(four);
            if (i == 0)
            {
                await run.GrowAsync(TopicsRun.MorePartitions);
            }

            await TopicsRun.RunsAsync(four, 10);
            four.Kill();
            await four.EndAsync(Patience);
            await run.KillAtAsync(TopicPoint.AfterAnswer, 4, parallelism: 3);
        }

        await run.FinishAsync(parallelism: 3);
        Output.WriteLine($"kafka parallelism 1, 4, 3 and more partitions: {run}");
    }

    [Fact]
    public async Task Checkpoints_that_are_not_where_they_were_are_missed_at_the_start_and_the_job_goes_on_when_they_are_back()
    {
        await using var run = await TopicsRun.OpenAsync(Seed());
        await run.KillAtAsync(TopicPoint.AfterAnswer, 3);
        var aside = Path.Combine(Path.GetDirectoryName(run.Checkpoints)!, "aside");
        Directory.Move(run.Checkpoints, aside);
        await run.RefusesAsync("does not hold that checkpoint. From an older one records would be written twice");
        Directory.Delete(run.Checkpoints, recursive: true);
        Directory.Move(aside, run.Checkpoints);
        await run.FinishAsync();
        Output.WriteLine($"kafka checkpoints moved away: {run}");
    }

    [Fact]
    public async Task A_checkpoint_that_was_decided_and_that_somebody_has_deleted_is_missed_at_the_start()
    {
        SkipUnlessLong();
        await using var run = await TopicsRun.OpenAsync(Seed());
        await run.KillAtAsync(TopicPoint.AfterAnswer, 3);
        Directory.Delete(
            Directory.EnumerateDirectories(run.Checkpoints, "chk-*", SearchOption.AllDirectories).Max(StringComparer.Ordinal)!,
            recursive: true);
        await run.RefusesAsync("does not hold that checkpoint. From an older one records would be written twice");

        // The advice is followed: all is written again from the beginning.
        await Cluster.DeleteAsync(run.Servers, run.ProgressTopic);
        await BeginAnewAsync(run);
        await run.FinishAsync();
        Output.WriteLine($"kafka checkpoint deleted: {run}");
    }

    [Fact]
    public async Task A_progress_topic_that_somebody_has_deleted_is_missed_by_a_job_that_runs_and_by_one_that_starts()
    {
        SkipUnlessLong();
        await using var run = await TopicsRun.OpenAsync(Seed());
        var process = run.Start();
        await TopicsRun.RunsAsync(process);
        await Cluster.DeleteAsync(run.Servers, run.ProgressTopic);
        await process.EndAsync(Patience);
        Assert.True(process.ExitCode == 1, $"it has not ended as one that must not go on, {process}");
        await run.RefusesAsync($"the topic '{run.ProgressTopic}' at Kafka {run.Servers} says nothing of what was written with it");

        await BeginAnewAsync(run);
        await run.FinishAsync();
        Output.WriteLine($"kafka progress topic deleted: {run}");
    }

    [Fact]
    public async Task A_job_that_had_nothing_to_do_for_longer_than_the_broker_knows_its_id_goes_on()
    {
        const string Expiration = "transactional.id.expiration.ms=";
        var set = Environment.GetEnvironmentVariable("WEIR_KAFKA_SET")?.Split(' ')
            .FirstOrDefault(setting => setting.StartsWith(Expiration, StringComparison.Ordinal));
        Assert.SkipWhen(set is null, $"WEIR_KAFKA_SET has no {Expiration}10000: the broker knows an id for a week.");
        var known = TimeSpan.FromMilliseconds(int.Parse(set![Expiration.Length..], System.Globalization.CultureInfo.InvariantCulture));
        await using var run = await TopicsRun.OpenAsync(Seed(), timeoutMs: 5_000);
        var process = run.Start();
        await TopicsRun.RunsAsync(process);
        run.Load.Rest();
        await Task.Delay(known * 2);
        run.Load.GoOn();
        await TopicsRun.RunsAsync(process);
        process.Kill();
        await process.EndAsync(Patience);

        // Nobody is there for as long, and a checkpoint is durable that was not decided.
        await run.KillAtAsync(TopicPoint.AfterManifest, 3);
        await Task.Delay(known * 2);
        Assert.DoesNotContain($"weir.{run.Job}.tx", await Cluster.ControlAsync("admin", "transactions", "list"), StringComparison.Ordinal);
        await run.FinishAsync();
        Output.WriteLine($"kafka idle for longer than an id is known: {run}");
    }

    private static async Task BeginAnewAsync(TopicsRun run)
    {
        Directory.Delete(run.Checkpoints, recursive: true);
        await Cluster.DeleteAsync(run.Servers, [.. run.Outputs.Select(output => output.Topic)]);
        await Cluster.CreateAsync(run.Servers, [.. run.Outputs]);
    }
}
