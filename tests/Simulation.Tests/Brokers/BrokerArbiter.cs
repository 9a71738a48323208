using Weir.KafkaLog.Transactions;
using Weir.Runtime.Files.Disk;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>The product's arbiter at the model of the broker, with a mistake in it or none.</summary>
/// <param name="inner">The arbiter.</param>
/// <param name="job">The job.</param>
/// <param name="store">The store as it is.</param>
/// <param name="late">What keeps manifests back; null for nothing.</param>
/// <param name="mistake">The mistake.</param>
/// <param name="blameIfReplaced">Says that this process may fail, if the broker knows another one as the owner of the job.</param>
internal sealed class BrokerArbiter(
    KafkaArbiter inner, string job, ICheckpointStore store, LateStore? late, BrokerMistake mistake, Action blameIfReplaced)
    : ICheckpointArbiter
{
    public KafkaArbiter Inner => inner;

    /// <summary>The arbiter of a process.</summary>
    public static BrokerArbiter Of(string job, IFileSystem files, ICheckpointStore store, int seed, BrokerMistake mistake)
    {
        var (broker, process) = ModelBroker.Of(files, seed);
        var late = mistake == BrokerMistake.CommitsBeforeDurable ? new LateStore(store) : null;
        var log = new ModelCluster(broker, process);
        var owner = new ProgressOwner("model", 1, broker.NextOwner());
        return new BrokerArbiter(
            new KafkaArbiter(
                mistake switch
                {
                    BrokerMistake.ReadsBeforeFence => new HastyCluster(log, isShutOut: false),
                    BrokerMistake.ReadsBeforeInit => new HastyCluster(log, isShutOut: true),
                    BrokerMistake.ReadsWhatIsStable => new StableCluster(log),
                    _ => log,
                },
                new ArbiterContext(job, (ICheckpointStore?)late ?? store, new StoppedClock()),
                owner),
            job, store, late, mistake, () =>
            {
                if (broker.Progress is { } progress && progress.Owner != owner)
                {
                    process?.Blame();
                }
            });
    }

    public async ValueTask<RecoveryPoint> FenceAndReadAsync(RunId newRun, CancellationToken cancellation)
    {
        try
        {
            return await inner.FenceAndReadAsync(newRun, cancellation);
        }
        catch (FencedException)
        {
            // It was shut out in an earlier attempt, which has failed of that; and this one finds out by whom.
            blameIfReplaced();
            throw;
        }
    }

    public async ValueTask CommitAsync(CheckpointName checkpoint, ReadOnlyMemory<byte> manifest, CancellationToken cancellation)
    {
        if (mistake == BrokerMistake.CleansUpFirst)
        {
            foreach (var old in (await store.ListAsync(job, cancellation)).Where(old => old < checkpoint))
            {
                await store.DeleteAsync(job, checkpoint.Attempt, old, cancellation);
            }
        }

        await inner.CommitAsync(checkpoint, manifest, cancellation);
        if (late is not null)
        {
            await late.WriteNowAsync(cancellation);
        }
    }

    public ValueTask<bool> HasDecidedAsync(CheckpointName checkpoint, CancellationToken cancellation) =>
        inner.HasDecidedAsync(checkpoint, cancellation);

    /// <summary>Time is written into the progress, and decides nothing: the same seed writes the same.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }

    /// <summary>Reads the progress too early, and believes it when earlier processes are shut out.</summary>
    /// <param name="cluster">The broker.</param>
    /// <param name="isShutOut">Whether the store has shut them out before it reads.</param>
    private sealed class HastyCluster(ModelCluster cluster, bool isShutOut) : ITransactionLog
    {
        // A client has to be opened between the one and the other, and to find the coordinator: a process may stand still there.
        private const int CallsBetween = 20;

        private ProgressRecord? _read;
        private bool _isOpened;

        public string Servers => cluster.Servers;

        public string TransactionalId => cluster.TransactionalId;

        public string ProgressTopic => cluster.ProgressTopic;

        public void Check() => _read = cluster.ReadProgress(CancellationToken.None);

        public ITransactionProducer Open()
        {
            _isOpened = true;
            if (isShutOut)
            {
                _read = cluster.ReadProgress(CancellationToken.None);
                for (var i = 0; i < CallsBetween; i++)
                {
                    cluster.Ask();
                }
            }

            return cluster.Open();
        }

        // Once an attempt: who has taken a job over is looked for before, and behind it, as it should be.
        public ProgressRecord? ReadProgress(CancellationToken cancellation)
        {
            var isBelieved = _isOpened;
            _isOpened = false;
            return isBelieved ? _read : cluster.ReadProgress(cancellation);
        }
    }

    /// <summary>Takes the end of what is committed for the end.</summary>
    private sealed class StableCluster(ModelCluster cluster) : ITransactionLog
    {
        public string Servers => cluster.Servers;

        public string TransactionalId => cluster.TransactionalId;

        public string ProgressTopic => cluster.ProgressTopic;

        public ITransactionProducer Open() => cluster.Open();

        public ProgressRecord? ReadProgress(CancellationToken cancellation) => cluster.ReadStableProgress();
    }
}
