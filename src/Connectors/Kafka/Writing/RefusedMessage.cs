using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;
using Weir.KafkaLog.Reading;

namespace Weir.KafkaLog.Writing;

/// <summary>Says which message the client does not take, and what to do.</summary>
internal static unsafe class RefusedMessage
{
    public static Exception Of(
        in RdMessage message, string? topic, KafkaError error, string servers, string principal) => error.Code switch
        {
            ErrorCodes.MessageTooLarge => new RefusedRecordException(
                $"A record for the topic '{topic}' at Kafka {servers} is too large: {Describe(message)}, and the limit of the client is "
                    + "message.max.bytes (100,000,000 unless it is set). Raise it for the producer, and max.message.bytes of the topic, or "
                    + "write smaller records."),
            ErrorCodes.UnknownPartition or ErrorCodes.UnknownTopic or ErrorCodes.UnknownTopicOrPartition => new RefusedRecordException(
                $"A record for partition {message.Partition} of the topic '{topic}' at Kafka {servers} has no place: there is no such "
                    + "topic or partition."),
            _ => KafkaClientException.Of($"Writing to the topic '{topic}'", servers, error, principal: principal),
        };

    private static string Describe(in RdMessage message)
    {
        var key = new ReadOnlySpan<byte>(message.Key, (int)message.KeyLength);
        return $"its key begins with {MalformedMessage.Excerpt(key)}, key and value have {message.KeyLength + message.Length} bytes";
    }
}

/// <summary>A record that no topic takes: no other try can help.</summary>
internal sealed class RefusedRecordException(string message) : Exception(message), IPermanentFailure;
