using System.Text.Json;

namespace Weir.Simulation.Tests.Ledgers;

/// <summary>Writes into a ledger: one open transaction at a time, none between its pre-commit and the decision.</summary>
internal sealed class LedgerSink<T>(LedgerClient ledger) : ISink<T>
{
    public string Description => "the ledger";

    public ISinkWriter<T> Open(SinkContext context) => new Writer(ledger, context.Attempt);

    private sealed class Writer(LedgerClient ledger, long attempt) : TwoPhaseCommitSink<T, long>
    {
        private readonly Dictionary<long, List<string>> _rows = [];

        public override Codec<long> TransactionCodec => Codecs.Of<long>();

        public override bool MayWriteWhilePending => false;

        public override long Begin()
        {
            var transaction = ledger.Call("begin", it => it.Begin(attempt));
            _rows.Add(transaction, []);
            return transaction;
        }

        public override void Write(long transaction, Batch<T> batch)
        {
            foreach (var value in batch.Values)
            {
                _rows[transaction].Add(JsonSerializer.Serialize(value, JsonSerializerOptions.Web) + "\n");
            }
        }

        public override ValueTask<long> PreCommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            ledger.Call("prepare", it => it.Prepare(attempt, transaction, _rows[transaction], checkpoint));
            return ValueTask.FromResult(transaction);
        }

        // The decision was the commit.
        public override ValueTask CommitAsync(long transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
            ValueTask.CompletedTask;

        public override ValueTask AbortAsync(long transaction, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
