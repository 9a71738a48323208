using System.Globalization;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Transactions;
using Weir.Testing;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>
/// Starts with a savepoint and without, at a broker whose transactions time out and whose answers get lost: once a savepoint has been begun
/// with, nobody begins with nothing.
/// </summary>
public sealed class SavepointClaimSimulationTests
{
    private const int Seeds = 300;

    [Fact]
    public async Task Whoever_begins_behind_a_savepoint_begins_with_one_or_goes_on_from_a_checkpoint()
    {
        var tally = new Tally();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            Assert.True(await RunAsync(seed, isForgetful: false, tally), $"seed {seed}: a start began with nothing behind a savepoint");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Seeds} seeds: {tally}"));
        Assert.True(tally.Refused >= Seeds / 10, $"too few starts were refused: {tally}");
        Assert.True(tally.Continued >= Seeds / 10, $"too few starts went on from a checkpoint: {tally}");
    }

    [Fact]
    public async Task A_claim_that_does_not_name_its_savepoint_is_found()
    {
        var seed = 1;
        while (seed <= Seeds && await RunAsync(seed, isForgetful: true, new Tally()))
        {
            seed++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"found by seed {seed}"));
        Assert.True(seed <= Seeds, "it was not found");
    }

    // Whether nobody has begun with nothing behind a savepoint.
    private static async Task<bool> RunAsync(int seed, bool isForgetful, Tally tally)
    {
        var random = new Random(seed);
        var (broker, _) = ModelBroker.Of(new SimulatedFileSystem(seed), seed);
        var store = new MemoryCheckpointStore();
        var (hasSavepoint, checkpoints) = (false, 0L);
        for (var start = 0; start < 6; start++)
        {
            var savepoint = random.Next(2) == 0 ? "savepoints/one" : null;
            var cluster = new ModelCluster(broker, null);
            using var arbiter = new KafkaArbiter(
                isForgetful ? new ForgetfulCluster(cluster) : cluster,
                new ArbiterContext("job", store, TimeProvider.System) { Savepoint = savepoint },
                new ProgressOwner("model", 1, broker.NextOwner()));
            try
            {
                var point = await arbiter.FenceAndReadAsync(new RunId((ulong)start + 1), CancellationToken.None);
                tally.Continued += point.Candidates.Count;
                if (point.Candidates.Count == 0 && savepoint is null && hasSavepoint)
                {
                    return false;
                }

                // Of three starts one comes to a checkpoint: the state of the savepoint was damaged, or the process was killed.
                hasSavepoint |= savepoint is not null;
                if (random.Next(3) == 0)
                {
                    await arbiter.CommitAsync(
                        new CheckpointName(point.Attempt, new CheckpointId(Math.Max(checkpoints, point.Last.Value) + 1)),
                        new byte[] { 1 },
                        CancellationToken.None);
                    checkpoints = Math.Max(checkpoints, point.Last.Value) + 1;
                }
            }
            catch (ProgressException)
            {
                tally.Refused++;
            }
            catch (Exception lost) when (lost is TransactionLostException or KafkaClientException)
            {
                // The claim may be committed all the same.
                hasSavepoint |= broker.Progress is { Savepoint: not null };
                tally.Lost++;
            }
        }

        return true;
    }

    private sealed record Tally
    {
        public int Refused { get; set; }

        public int Continued { get; set; }

        public int Lost { get; set; }
    }

    /// <summary>Reads claims as those were that did not name their savepoint.</summary>
    private sealed class ForgetfulCluster(ModelCluster cluster) : ITransactionLog
    {
        public string Servers => cluster.Servers;

        public string TransactionalId => cluster.TransactionalId;

        public string ProgressTopic => cluster.ProgressTopic;

        public ITransactionProducer Open() => cluster.Open();

        public ProgressRecord? ReadProgress(CancellationToken cancellation) =>
            cluster.ReadProgress(cancellation) is { } progress ? progress with { Savepoint = null } : null;
    }
}
