using Confluent.Kafka;
using Weir.Victim;

namespace Weir.Kills.Tests.Topics;

/// <summary>A job from topic to topic whose transactions end badly, or others' do: the topics show nothing of it.</summary>
public sealed class KafkaTroubleTests(ITestOutputHelper output) : Seeded(output)
{
    private const int ShortTimeoutMs = 5_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task A_job_that_is_away_for_longer_than_a_transaction_may_be_open_loses_nothing_though_its_checkpoint_was_durable()
    {
        await using var run = await TopicsRun.OpenAsync(Seed(), timeoutMs: ShortTimeoutMs);
        await run.KillAtAsync(TopicPoint.AfterAnswer, 3);
        var timedOut = 0;
        for (var i = 0; i < (IsLong ? 10 : 1); i++)
        {
            // The point is passed when the checkpoint is durable, and records of it have been flushed.
            await run.KillAtAsync(TopicPoint.AfterManifest, run.Random.Next(2, 6));
            timedOut += run.IsOpen() ? 1 : 0;

            // Nobody but the broker ends the transaction.
            run.WaitForBroker();
        }

        await run.FinishAsync();
        Output.WriteLine($"kafka away for longer than a transaction: {run}, {timedOut} transactions were ended by the broker");
        run.WasOpen();
        Assert.True(timedOut > 0, $"no kill has left a transaction open: {run}");
    }

    [Fact]
    public async Task A_transaction_of_another_program_that_hangs_on_the_outputs_and_on_the_progress_makes_a_job_wait_and_double_nothing()
    {
        await using var run = await TopicsRun.OpenAsync(Seed());
        var process = run.Start();
        await TopicsRun.RunsAsync(process);
        using var foreign = new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = run.Servers,
            TransactionalId = $"{run.Job}-foreign",
            TransactionTimeoutMs = 600_000,
        }).SetLogHandler(static (_, _) => { }).Build();
        foreign.InitTransactions(Patience);
        foreign.BeginTransaction();
        // Its record and its marker may lie within transactions of the job.
        run.AllowGaps(foreign: 2);

        // A compacted topic takes no record without a key.
        foreach (var topic in (string[])[$"{run.Job}-copies", run.ProgressTopic])
        {
            await foreign.ProduceAsync(topic, new Message<string, string> { Key = "foreign", Value = "" });
        }

        // What is decided from now on stands behind what hangs: who read only what is in front of it would go back.
        await TopicsRun.RunsAsync(process);
        process.Kill();
        await process.EndAsync(Patience);
        Assert.True(run.IsOpen(run.ProgressTopic, 1), "the transaction that hangs is not seen");
        process = run.Start();
        await process.WaitAsync(() => process.Checkpoints > 0, TimeSpan.FromSeconds(IsLong ? 20 : 2));
        Assert.True(process.Checkpoints == 0, $"it has not waited, {process}");
        foreign.AbortTransaction(Patience);
        await TopicsRun.RunsAsync(process);
        await run.FinishAsync(process);
        Output.WriteLine($"kafka beside a transaction that hung: {run}");
    }
}
