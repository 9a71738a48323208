namespace Weir;

/// <summary>How <c>Kafka.Read</c> reads. Every member has a default.</summary>
public sealed record KafkaReadOptions
{
    /// <summary>Gets where reading begins. <see cref="KafkaStart.Earliest"/> by default.</summary>
    public KafkaStart Start { get; init; } = KafkaStart.Earliest;

    /// <summary>Gets where reading ends. <see cref="KafkaEnd.Never"/> by default.</summary>
    public KafkaEnd End { get; init; } = KafkaEnd.Never;

    /// <summary>
    /// Gets the group whose positions are committed behind each checkpoint, so that tools see how far the job is. They are not what the job
    /// goes on from. Null, the default, commits none.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>Gets how often new partitions, and new topics of a pattern, are looked for. 5 minutes by default; null for never.</summary>
    public TimeSpan? DiscoverEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets whether records of transactions are read before they are committed, and those of aborted ones too. False by
    /// default.</summary>
    public bool ReadsUncommitted { get; init; }

    /// <summary>
    /// Gets what becomes of messages that cannot be read. <see cref="MalformedMessages.Fail"/> by default. A job that takes
    /// <see cref="Kafka.Malformed"/> gets them there, whatever this says.
    /// </summary>
    public MalformedMessages OnMalformed { get; init; } = MalformedMessages.Fail;

    /// <summary>Gets how long a question to the cluster may take. 30 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Start, nameof(Start));
        ArgumentNullException.ThrowIfNull(End, nameof(End));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero, nameof(Timeout));
        if (DiscoverEvery is { } every)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero, nameof(DiscoverEvery));
        }

        if (Start is CommittedStart && Group is null)
        {
            throw new ArgumentException($"{nameof(KafkaStart)}.{nameof(KafkaStart.Committed)} needs a {nameof(Group)}.", nameof(Start));
        }
    }
}
