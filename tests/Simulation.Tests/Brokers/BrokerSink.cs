using System.Text.Json;
using Weir.KafkaLog.Transactions;

namespace Weir.Simulation.Tests.Brokers;

/// <summary>Writes into the transaction of the job, as the sink for Kafka does.</summary>
internal sealed class BrokerSink<T> : ISink<T>
{
    public string Description => "the broker";

    public ISinkWriter<T> Open(SinkContext context) => new Writer(((BrokerArbiter)context.Arbiter!).Inner);

    private sealed class Writer(KafkaArbiter arbiter) : TwoPhaseCommitSink<T, long>
    {
        private JobTransaction? _transaction;

        public override Codec<long> TransactionCodec => Codecs.Of<long>();

        public override bool MayWriteWhilePending => false;

        private ModelProducer Producer => (ModelProducer)_transaction!.Producer;

        public override long Begin()
        {
            _transaction ??= arbiter.Transaction;
            return 0;
        }

        public override void Write(long transaction, Batch<T> batch)
        {
            if (batch.Count > 0)
            {
                _transaction!.Enter();
                foreach (var value in batch.Values)
                {
                    Producer.Write([JsonSerializer.Serialize(value, JsonSerializerOptions.Web) + "\n"]);
                }
            }
        }

        public override ValueTask<long> PreCommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
            Producer.Flush() is { } error ? throw _transaction!.Lose("Writing records", error) : ValueTask.FromResult(transaction);

        // The decision was the commit.
        public override ValueTask CommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
            ValueTask.CompletedTask;

        public override ValueTask AbortAsync(long transaction, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
