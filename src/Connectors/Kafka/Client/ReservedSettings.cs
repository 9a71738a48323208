namespace Weir.KafkaLog.Client;

/// <summary>The settings that Weir's guarantees hang on: nobody else may set them.</summary>
internal static class ReservedSettings
{
    private const string Positions = "positions live in checkpoints, and are committed behind them";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["enable.auto.commit"] = Positions,
        ["enable.auto.offset.store"] = Positions,
        ["auto.offset.reset"] = "a position that is gone must never become another one in silence; KafkaReadOptions.Start says where to "
            + "begin",
        ["enable.partition.eof"] = "the ends of bounded sources are found by it",
        ["group.id"] = "KafkaReadOptions.Group names the group that positions are committed for",
        ["group.instance.id"] = "partitions are assigned by Weir, and not by a group",
        ["isolation.level"] = "KafkaReadOptions.ReadsUncommitted says what is read",
        ["transactional.id"] = "it is made of the job's name, so that a later start shuts an earlier one out",
        ["transaction.timeout.ms"] = "KafkaWriteOptions.TransactionTimeout sets it",
        ["enable.idempotence"] = "without it records would be doubled when a request is sent again",
        ["delivery.report.only.error"] = "failed deliveries are how losses are noticed",
        ["auto.commit.enable"] = Positions,
        ["auto.commit.interval.ms"] = Positions,
        ["offset.store.method"] = "positions live in checkpoints",
        ["enabled_events"] = "what the client tells goes where the job's own events go",
        ["log.queue"] = "log lines go where the job's own events go",
    };

    /// <summary>Why a setting is refused; null if it may be set.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="value">What it is set to, as librdkafka writes it.</param>
    /// <param name="origin">Where.</param>
    public static string? Refusal(string name, string value, string origin) =>
        Reasons.TryGetValue(name, out var reason) ? $"{origin} sets '{name}', which is Weir's to set: {reason}. Leave it out."
        : name == "acks" && value is not ("all" or "-1")
            ? $"{origin} sets 'acks' to '{value}', and Weir writes with 'all': a record that one broker alone has acknowledged is lost "
                + "with it. Leave it out."
        : null;
}
