namespace Weir.KafkaLog.Client;

/// <summary>What a client tells while it runs, on the thread that serves it. All do nothing by default; none may wait.</summary>
internal sealed record ClientEvents
{
    /// <summary>Brokers that are not reached, rights that are missing: the client goes on trying.</summary>
    public Action<KafkaError> OnError { get; init; } = static _ => { };

    /// <summary>A log line: the level of syslog (3 is an error, 4 a warning), the facility, the text.</summary>
    public Action<int, string, string> OnLog { get; init; } = static (_, _, _) => { };

    /// <summary>Statistics as JSON, each <c>statistics.interval.ms</c>.</summary>
    public Action<string> OnStatistics { get; init; } = static _ => { };

    /// <summary>A message that could not be delivered for good.</summary>
    public Action<FailedDelivery> OnDeliveryFailed { get; init; } = static _ => { };

    /// <summary>Offsets of a group could not be committed.</summary>
    public Action<KafkaError> OnCommitFailed { get; init; } = static _ => { };

    /// <summary>Gives a token for SASL/OAUTHBEARER, of the text of <c>sasl.oauthbearer.config</c>; null where nobody asks for
    /// one.</summary>
    public Func<string, KafkaToken>? Token { get; init; }
}
