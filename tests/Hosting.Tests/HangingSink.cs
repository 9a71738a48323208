namespace Weir.Hosting.Tests;

/// <summary>A sink with transactions whose commits wait.</summary>
/// <param name="hang">What they wait for.</param>
internal sealed class HangingSink(Task hang) : ISink<long>
{
    public string Description => "a database that does not answer";

    public ISinkWriter<long> Open(SinkContext context) => new Writer(hang);

    private sealed class Writer(Task hang) : TwoPhaseCommitSink<long, string>
    {
        public override Codec<string> TransactionCodec => Codecs.Of<string>();

        public override string Begin() => "transaction";

        public override void Write(string transaction, Batch<long> batch)
        {
        }

        public override ValueTask<string> PreCommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
            ValueTask.FromResult(transaction);

        public override async ValueTask CommitAsync(string transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
            await hang.WaitAsync(cancellation);

        public override ValueTask AbortAsync(string transaction, CancellationToken cancellation) => ValueTask.CompletedTask;

        public override ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
