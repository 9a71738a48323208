namespace Weir.Databases.Victim;

/// <summary>A sink whose process dies at a point before or after one of its calls.</summary>
/// <typeparam name="T">The records.</typeparam>
internal sealed class DyingSink<T>(ITransactionalSink<T> inner, FatalPoint? fatal) : ITransactionalSink<T>
{
    public string Description => inner.Description;

    public ISinkWriter<T> Open(SinkContext context) => inner.Open(context).Accept(new Wrap(fatal));

    private sealed class Wrap(FatalPoint? fatal) : ISinkVisitor<T, ISinkWriter<T>>
    {
        public ISinkWriter<T> Visit(SinkWriter<T> writer) => writer;

        public ISinkWriter<T> Visit<TTransaction>(TwoPhaseCommitSink<T, TTransaction> sink) => new Writer<TTransaction>(sink, fatal);
    }

    private sealed class Writer<TTransaction>(TwoPhaseCommitSink<T, TTransaction> inner, FatalPoint? fatal)
        : TwoPhaseCommitSink<T, TTransaction>
    {
        public override Codec<TTransaction> TransactionCodec => inner.TransactionCodec;

        public override bool MayWriteWhilePending => inner.MayWriteWhilePending;

        public override bool HasBacklog => inner.HasBacklog;

        public override bool IsFull => inner.IsFull;

        public override TTransaction Begin() => inner.Begin();

        public override void Write(TTransaction transaction, Batch<T> batch) => inner.Write(transaction, batch);

        public override async ValueTask DrainAsync(TTransaction transaction, CancellationToken cancellation)
        {
            await inner.DrainAsync(transaction, cancellation);
            fatal?.Pass("after-drain");
        }

        public override async ValueTask<TTransaction> PreCommitAsync(
            TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            fatal?.Pass("before-prepare");
            var prepared = await inner.PreCommitAsync(transaction, checkpoint, cancellation);
            fatal?.Pass("after-prepare");
            return prepared;
        }

        public override async ValueTask CommitAsync(TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            fatal?.Pass("before-commit");
            await inner.CommitAsync(transaction, checkpoint, cancellation);
            fatal?.Pass("after-commit");
        }

        public override ValueTask AbortAsync(TTransaction transaction, CancellationToken cancellation) =>
            inner.AbortAsync(transaction, cancellation);

        public override async ValueTask RecoverAndCommitAsync(
            TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            fatal?.Pass("before-recovery");
            await inner.RecoverAndCommitAsync(transaction, checkpoint, cancellation);
            fatal?.Pass("after-recovery");
        }

        public override ValueTask RecoverAndAbortAsync(TTransaction transaction, CancellationToken cancellation) =>
            inner.RecoverAndAbortAsync(transaction, cancellation);

        public override async ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
        {
            fatal?.Pass("before-clean-up");
            await inner.CleanUpAsync(recovery, cancellation);
            fatal?.Pass("after-clean-up");
        }

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
