using Weir.Runtime.Files.Writing;

namespace Weir.Simulation.Tests.Broken;

/// <summary>A sink with a mistake in it: the simulator must find it.</summary>
internal sealed class BrokenSink<T>(ISink<T> inner, Breakage breakage) : ISink<T>
{
    public string Description => $"broken {inner.Description}";

    public ISinkWriter<T> Open(SinkContext context) =>
        new Writer((TwoPhaseCommitSink<T, FileTransaction>)inner.Open(context), breakage);

    private sealed class Writer(TwoPhaseCommitSink<T, FileTransaction> inner, Breakage breakage) : TwoPhaseCommitSink<T, FileTransaction>
    {
        private long _newest = -1;

        public override Codec<FileTransaction> TransactionCodec => inner.TransactionCodec;

        public override FileTransaction Begin() => inner.Begin();

        public override void Write(FileTransaction transaction, Batch<T> batch) => inner.Write(transaction, batch);

        public override async ValueTask<FileTransaction> PreCommitAsync(
            FileTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            var ready = await inner.PreCommitAsync(transaction, checkpoint, cancellation);
            if (breakage == Breakage.CommitsAtPreCommit)
            {
                await inner.CommitAsync(ready, checkpoint, cancellation);
            }

            _newest = transaction.Number;
            return ready;
        }

        public override ValueTask CommitAsync(FileTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
            breakage switch
            {
                Breakage.AbortsUnheardOf when transaction.Number < _newest => ValueTask.CompletedTask,
                _ => inner.CommitAsync(transaction, checkpoint, cancellation),
            };

        public override ValueTask AbortAsync(FileTransaction transaction, CancellationToken cancellation) =>
            inner.AbortAsync(transaction, cancellation);

        public override ValueTask RecoverAndCommitAsync(
            FileTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation) =>
            breakage == Breakage.ForgetsPending ? ValueTask.CompletedTask
                : inner.RecoverAndCommitAsync(transaction, checkpoint, cancellation);

        public override ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation) =>
            breakage == Breakage.DoesNotCleanUp ? ValueTask.CompletedTask : inner.CleanUpAsync(recovery, cancellation);

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
