using Weir.KafkaLog.Transactions;

namespace Weir.Victim.Dying;

/// <summary>Mistakes that an arbiter could make, put in from outside: the verifier must find them.</summary>
internal static class Breaking
{
    /// <summary>The progress is read before earlier processes are shut out.</summary>
    public const string ReadsBeforeInit = "reads-before-init";

    /// <summary>The cluster with a mistake in how it is asked; empty for none.</summary>
    public static ITransactionLog Log(string mistake, ITransactionLog log) => mistake switch
    {
        ReadsBeforeInit => new ReadingFirst(log),
        "" => log,
        _ => throw new ArgumentException($"'{mistake}' is no mistake that the victim can make"),
    };

    private sealed class ReadingFirst(ITransactionLog inner) : ITransactionLog
    {
        private (ProgressRecord? Progress, bool IsRead) _early;

        public string Servers => inner.Servers;

        public string TransactionalId => inner.TransactionalId;

        public string ProgressTopic => inner.ProgressTopic;

        public ITransactionProducer Open()
        {
            _early = (inner.ReadProgress(CancellationToken.None), true);
            return inner.Open();
        }

        public ProgressRecord? ReadProgress(CancellationToken cancellation) => _early is { IsRead: true, Progress: var early }
            ? early
            : inner.ReadProgress(cancellation);
    }
}
