namespace Weir;

/// <summary>Whose clock the time of a message is of.</summary>
public enum KafkaTimestampType
{
    /// <summary>The message has no time.</summary>
    None,

    /// <summary>Who wrote it said when it happened.</summary>
    CreateTime,

    /// <summary>The broker's, when it took the message in.</summary>
    LogAppendTime,
}
