namespace Weir;

/// <summary>What becomes of a message that cannot be read, unless its job takes <see cref="Kafka.Malformed"/>.</summary>
public enum MalformedMessages
{
    /// <summary>The job fails with topic, partition, offset, reason and first bytes: the default.</summary>
    Fail,

    /// <summary>The message is left out, and counted.</summary>
    Skip,
}
