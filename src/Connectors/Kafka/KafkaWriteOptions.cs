using Weir.KafkaLog.Transactions;

namespace Weir;

/// <summary>How <c>Kafka.Write</c> writes. Every member has a default.</summary>
public sealed record KafkaWriteOptions
{
    /// <summary>
    /// Gets the first part of the names that a job has at the cluster: the transactional id <c>‹application›.‹job›.tx</c> and the topic
    /// <c>‹application›.‹job›.progress</c>. Give each deployment its own, and one that stays: it is how a later start shuts an earlier one
    /// out. It has no dot, so that no two jobs get one name. <c>weir</c> by default.
    /// </summary>
    public string Application { get; init; } = "weir";

    /// <summary>
    /// Gets after how long the broker gives an open transaction up. Null, the default, is ten checkpoint intervals and 30 seconds: at least
    /// a minute, at most the 15 minutes that brokers allow unless they are told otherwise.
    /// </summary>
    public TimeSpan? TransactionTimeout { get; init; }

    internal void Check()
    {
        ApplicationName.Check(Application);
        if (TransactionTimeout is { } timeout)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.FromSeconds(2), nameof(TransactionTimeout));
        }
    }
}
