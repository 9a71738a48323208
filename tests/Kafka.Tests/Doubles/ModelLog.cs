using Weir.KafkaLog.Client;
using Weir.KafkaLog.Transactions;

namespace Weir.KafkaLog.Tests.Doubles;

/// <summary>
/// A broker as far as the arbiter sees it: one transactional id, whose newest holder shuts the others out, and what was committed to the
/// progress topic.
/// </summary>
internal sealed class ModelLog
{
    private readonly List<ProgressRecord> _committed = [];
    private ModelProducer? _holder;

    /// <summary>What was committed, the newest last.</summary>
    public IReadOnlyList<ProgressRecord> Committed => _committed;

    /// <summary>What happened, a word each.</summary>
    public List<string> Log { get; } = [];

    /// <summary>What the next commits answer, in turn; those that say <c>lost</c> are carried out, and their answer is not heard.</summary>
    public Queue<string> Commits { get; } = [];

    /// <summary>Gets or sets what happens before the next answer to a commit, while its caller waits.</summary>
    public Action? InCommit { get; set; }

    /// <summary>Gets or sets what happens before the progress is read the next time.</summary>
    public Action? BeforeRead { get; set; }

    /// <summary>The broker as a process sees it.</summary>
    public ITransactionLog Of(string process) => new View(this, process);

    /// <summary>The time of the open transaction is over.</summary>
    public void TimeOut() => _holder?.Lose();

    private sealed class View(ModelLog broker, string process) : ITransactionLog
    {
        public string Servers => "model:9092";

        public string TransactionalId => "weir.job.tx";

        public string ProgressTopic => "weir.job.progress";

        public ITransactionProducer Open() => new ModelProducer(broker, process);

        public ProgressRecord? ReadProgress(CancellationToken cancellation)
        {
            var before = broker.BeforeRead;
            broker.BeforeRead = null;
            before?.Invoke();
            return broker._committed.LastOrDefault();
        }
    }

    private sealed class ModelProducer(ModelLog broker, string process) : ITransactionProducer
    {
        private static readonly KafkaError Fenced = new(ErrorCodes.Fenced, "fenced by newer producer", IsFatal: true);

        private readonly List<ProgressRecord> _written = [];
        private bool _isLost;
        private bool _isOpen;

        public void Lose() => _isLost = true;

        public KafkaError? Init(TimeSpan timeout)
        {
            broker._holder?.Lose();
            broker._holder = this;
            broker.Log.Add($"{process} init");
            return null;
        }

        public KafkaError? Begin()
        {
            Assert.False(_isOpen, "two transactions at once");
            _isOpen = true;
            return _isLost ? Fenced : null;
        }

        public KafkaError? WriteProgress(ProgressRecord progress)
        {
            Assert.True(_isOpen, "a record outside of a transaction");
            _written.Add(progress);
            return null;
        }

        public KafkaError? Commit(TimeSpan timeout)
        {
            var inCommit = broker.InCommit;
            broker.InCommit = null;
            inCommit?.Invoke();
            if (_isLost)
            {
                return Fenced;
            }

            var answer = broker.Commits.Count > 0 ? broker.Commits.Dequeue() : "done";
            broker.Log.Add($"{process} commit {answer}");
            switch (answer)
            {
                case "again":
                    return new KafkaError(ErrorCodes.TimedOut, "timed out", IsRetriable: true);
                case "abort":
                    return new KafkaError(ErrorCodes.Inconsistent, "1 message(s) failed delivery", RequiresAbort: true);
                default:
                    broker._committed.AddRange(_written);
                    _written.Clear();
                    _isOpen = false;
                    return answer == "lost" ? new KafkaError(ErrorCodes.Transport, "connection lost") : null;
            }
        }

        public KafkaError? Abort(TimeSpan timeout)
        {
            broker.Log.Add($"{process} abort");
            _written.Clear();
            _isOpen = false;
            return null;
        }

        public void Dispose() => broker.Log.Add($"{process} close");
    }
}
