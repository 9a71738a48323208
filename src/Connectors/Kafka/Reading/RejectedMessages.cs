namespace Weir.KafkaLog.Reading;

/// <summary>Does with messages that cannot be read what the user chose.</summary>
/// <param name="choice">What becomes of them if nobody takes them.</param>
/// <param name="context">Counts and emits them.</param>
/// <param name="servers">The cluster, for messages.</param>
internal sealed class RejectedMessages(MalformedMessages choice, SourceContext context, string servers)
{
    private readonly bool _areTaken = context.HasSide(Kafka.Malformed);
    private bool _hasWarned;

    /// <summary>Takes a message.</summary>
    /// <exception cref="SourceException">It is neither taken nor left out.</exception>
    public void Take(KafkaMessage message, FormatException failure)
    {
        if (_areTaken)
        {
            context.Emit(Kafka.Malformed, Copied(message, failure.Message));
        }
        else if (choice == MalformedMessages.Skip)
        {
            context.CountSkipped(1);
            Warn(message, failure);
        }
        else
        {
            throw MalformedMessage.Refuse(message, failure, servers);
        }
    }

    // Once a partition and attempt: the count says how many there are.
    private void Warn(KafkaMessage message, FormatException failure)
    {
        if (!_hasWarned)
        {
            _hasWarned = true;
            context.Warn(
                $"Operator '{context.Operator}' leaves out messages that cannot be read, as MalformedMessages.Skip says. The first of "
                    + $"{message.Topic}[{message.Partition}] is at offset {message.Offset}: {failure.Message.TrimEnd('.')}.");
        }
    }

    private static KafkaMalformedMessage Copied(KafkaMessage message, string cause) => new(
        message.HasKey ? message.Key.ToArray() : null,
        message.HasValue ? message.Value.ToArray() : null,
        message.Timestamp < 0 ? null : EventTime.ToDateTime(MessageTime.Clamped(message.Timestamp)),
        message.ReadHeaders(),
        message.Topic,
        message.Partition,
        message.Offset,
        cause.TrimEnd('.'));
}
