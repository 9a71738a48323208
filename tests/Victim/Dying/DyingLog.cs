using Weir.KafkaLog.Client;
using Weir.KafkaLog.Transactions;

namespace Weir.Victim.Dying;

/// <summary>A cluster whose process dies beside the calls of its arbiter.</summary>
internal sealed class DyingLog(ITransactionLog inner, FatalPoint fatal) : ITransactionLog
{
    public string Servers => inner.Servers;

    public string TransactionalId => inner.TransactionalId;

    public string ProgressTopic => inner.ProgressTopic;

    public ITransactionProducer Open() => new Writer((IClientProducer)inner.Open(), fatal);

    public ProgressRecord? ReadProgress(CancellationToken cancellation)
    {
        var progress = inner.ReadProgress(cancellation);
        fatal.Pass(TopicPoint.AfterRead);
        return progress;
    }

    private sealed class Writer(IClientProducer inner, FatalPoint fatal) : IClientProducer
    {
        private bool _hasClaimed;

        public Producer Client => inner.Client;

        public KafkaError? Init(TimeSpan timeout)
        {
            var error = inner.Init(timeout);
            fatal.Pass(TopicPoint.AfterInit);
            return error;
        }

        public KafkaError? Begin() => inner.Begin();

        public KafkaError? WriteProgress(ProgressRecord progress)
        {
            PassIfClaimed(TopicPoint.BeforeProgress);
            var error = inner.WriteProgress(progress);
            PassIfClaimed(TopicPoint.AfterProgress);
            return error;
        }

        public KafkaError? Commit(TimeSpan timeout)
        {
            PassIfClaimed(TopicPoint.InCommit);
            if (inner.Commit(timeout) is { } error)
            {
                return error;
            }

            fatal.Pass(_hasClaimed ? TopicPoint.AfterAnswer : TopicPoint.AfterClaim);
            _hasClaimed = true;
            return null;
        }

        public KafkaError? Abort(TimeSpan timeout) => inner.Abort(timeout);

        public void Dispose() => inner.Dispose();

        private void PassIfClaimed(string point)
        {
            if (_hasClaimed)
            {
                fatal.Pass(point);
            }
        }
    }
}
