namespace Weir.Victim.Dying;

/// <summary>A sink whose process dies at a point before or after one of its calls.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <param name="inner">The sink.</param>
/// <param name="fatal">The point.</param>
/// <param name="sends">Whether the sink keeps what it is given, and sends it on by and by.</param>
/// <param name="delay">How long it takes for a batch beyond what the sink does: so that records wait in front of it.</param>
internal sealed class DyingSink<T>(ITransactionalSink<T> inner, FatalPoint fatal, bool sends, TimeSpan delay) : ITransactionalSink<T>
{
    private readonly CommitOrder _order = new(fatal);

    public string Description => inner.Description;

    public ISinkWriter<T> Open(SinkContext context) =>
        inner.Open(context with { Arbiter = (context.Arbiter as DyingArbiter)?.Inner ?? context.Arbiter })
            .Accept(new Wrap(fatal, sends, delay, _order));

    private sealed class Wrap(FatalPoint fatal, bool sends, TimeSpan delay, CommitOrder order) : ISinkVisitor<T, ISinkWriter<T>>
    {
        public ISinkWriter<T> Visit(SinkWriter<T> writer) => writer;

        public ISinkWriter<T> Visit<TTransaction>(TwoPhaseCommitSink<T, TTransaction> sink) =>
            new Writer<TTransaction>(sink, fatal, sends, delay, order);
    }

    private sealed class Writer<TTransaction>(
        TwoPhaseCommitSink<T, TTransaction> inner, FatalPoint fatal, bool sends, TimeSpan delay, CommitOrder order)
        : TwoPhaseCommitSink<T, TTransaction>
    {
        private bool _hasWritten;
        private bool _holdsBack;

        public override Codec<TTransaction> TransactionCodec => inner.TransactionCodec;

        public override bool MayWriteWhilePending => inner.MayWriteWhilePending;

        public override bool MayCommitWhileSending => inner.MayCommitWhileSending;

        public override bool HasBacklog => inner.HasBacklog;

        public override bool IsFull => inner.IsFull;

        public override TTransaction Begin() => inner.Begin();

        public override void Write(TTransaction transaction, Batch<T> batch)
        {
            inner.Write(transaction, batch);
            if (batch.Count > 0)
            {
                fatal.Pass(_hasWritten ? TopicPoint.MidEpoch : TopicPoint.FirstRecord);
                if (_holdsBack)
                {
                    fatal.Pass(TopicPoint.Draining);
                }

                (_hasWritten, _holdsBack) = (true, false);
            }

            if (!sends)
            {
                fatal.Pass(Failpoint.WithinTransaction);
            }

            if (delay > TimeSpan.Zero)
            {
                Thread.Sleep(delay);
            }
        }

        public override async ValueTask DrainAsync(TTransaction transaction, CancellationToken cancellation)
        {
            await inner.DrainAsync(transaction, cancellation);
            fatal.Pass(Failpoint.WithinTransaction);
        }

        public override async ValueTask<TTransaction> PreCommitAsync(
            TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            fatal.Pass(Failpoint.BeforePreCommit);
            var prepared = await inner.PreCommitAsync(transaction, checkpoint, cancellation);
            fatal.Pass(Failpoint.AfterPreCommit);
            return prepared;
        }

        public override async ValueTask CommitAsync(TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            using (await order.EnterAsync(checkpoint, cancellation))
            {
                fatal.Pass(Failpoint.BeforeCommit);
                await inner.CommitAsync(transaction, checkpoint, cancellation);
                fatal.Pass(Failpoint.AfterCommit);
                (_hasWritten, _holdsBack) = (false, true);
            }
        }

        public override ValueTask AbortAsync(TTransaction transaction, CancellationToken cancellation) =>
            inner.AbortAsync(transaction, cancellation);

        public override async ValueTask RecoverAndCommitAsync(
            TTransaction transaction, CheckpointName checkpoint, CancellationToken cancellation)
        {
            fatal.Pass(Failpoint.BeforeRecoveryCommit);
            await inner.RecoverAndCommitAsync(transaction, checkpoint, cancellation);
            fatal.Pass(Failpoint.AfterRecoveryCommit);
        }

        public override ValueTask RecoverAndAbortAsync(TTransaction transaction, CancellationToken cancellation) =>
            inner.RecoverAndAbortAsync(transaction, cancellation);

        public override async ValueTask CleanUpAsync(RecoveryContext recovery, CancellationToken cancellation)
        {
            await inner.CleanUpAsync(recovery, cancellation);
            fatal.Pass(Failpoint.AfterAbort);
        }

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
