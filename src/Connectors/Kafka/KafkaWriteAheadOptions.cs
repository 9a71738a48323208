using Weir.KafkaLog.Transactions;

namespace Weir;

/// <summary>How <c>Kafka.WriteAhead</c> writes. Every member has a default.</summary>
public sealed record KafkaWriteAheadOptions
{
    /// <summary>
    /// Gets the first part of the names that a job has at the cluster: the transactional ids
    /// <c>‹application›.‹job›.‹operator›.‹subtask›.ahead</c>
    /// and the topic <c>‹application›.‹job›.ahead</c>. Give each deployment its own, and one that stays. It has no
    /// dot. <c>weir</c> by default.
    /// </summary>
    public string Application { get; init; } = "weir";

    /// <summary>
    /// Gets how many bytes of messages a subtask may hold between two checkpoints. They are part of the checkpoint, and are kept in memory
    /// until they are committed. A job that has more fails and says so. 64 MiB by default.
    /// </summary>
    public long MaxBytesPerCheckpoint { get; init; } = 64L << 20;

    /// <summary>
    /// Gets after how long the broker gives an open transaction up. Transactions are open while the messages of a checkpoint are
    /// written, and
    /// not between. A minute by default.
    /// </summary>
    public TimeSpan TransactionTimeout { get; init; } = TimeSpan.FromMinutes(1);

    internal void Check()
    {
        ApplicationName.Check(Application);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBytesPerCheckpoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(TransactionTimeout, TimeSpan.FromSeconds(2), nameof(TransactionTimeout));
    }
}
