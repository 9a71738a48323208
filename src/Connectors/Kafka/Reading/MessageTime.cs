namespace Weir.KafkaLog.Reading;

/// <summary>The time of a message as event time.</summary>
internal static class MessageTime
{
    /// <summary>Kafka's milliseconds as microseconds.</summary>
    /// <exception cref="FormatException">The message has no time, or one that is none.</exception>
    public static long Of(KafkaMessage message)
    {
        var milliseconds = message.Timestamp;
        return milliseconds < 0 ? throw new FormatException("it has no time (timestamp −1)")
            : milliseconds > long.MaxValue / 1000 ? throw new FormatException($"its timestamp {milliseconds} is beyond all times")
            : milliseconds * 1000;
    }

    /// <summary>The same, of messages that are refused anyway.</summary>
    public static long Clamped(long milliseconds) => Math.Min(milliseconds, long.MaxValue / 1000) * 1000;
}
