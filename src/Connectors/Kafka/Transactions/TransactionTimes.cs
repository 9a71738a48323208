namespace Weir.KafkaLog.Transactions;

/// <summary>How long transactions may be open. Pure.</summary>
internal static class TransactionTimes
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The time after which the broker gives a transaction up: ten intervals and half a minute, within what brokers allow unless they are
    /// told otherwise.
    /// </summary>
    public static TimeSpan TimeoutFor(TimeSpan? interval) =>
        interval is not { } between ? Most
            : between > Most / 10 ? Most
            : between * 10 + Margin < Least ? Least
            : between * 10 + Margin < Most ? between * 10 + Margin : Most;

    /// <summary>
    /// Why checkpoints are too far apart for transactions; null if they are not. A job whose transactions time out would go back to its
    /// checkpoint again and again.
    /// </summary>
    public static string? Refusal(TimeSpan? interval, TimeSpan timeout) =>
        interval is not { } between
            ? "no CheckpointInterval is set, and a transaction that is open for as long as the job runs is given up by the broker. Set "
                + "JobOptions.CheckpointInterval"
            : between > timeout || (between * 2) + Margin > timeout
                ? $"checkpoints are {between:c} apart, and a transaction may be open for {timeout:c}: two intervals and 30 s must fit. "
                    + "Take "
                    + "checkpoints more often, or raise KafkaWriteOptions.TransactionTimeout, up to the broker's transaction.max.timeout.ms"
                : null;
}
