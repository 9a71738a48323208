using System.Globalization;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Reading;

namespace Weir.KafkaLog.Writing;

/// <summary>Says which record could not be delivered, and what to do.</summary>
internal static class FailedRecord
{
    public static Exception Of(FailedDelivery failed, string servers)
    {
        var record = $"A record of {failed.Topic}[{failed.Partition}] at Kafka {servers}";
        var key = failed.Key is null ? "it has no key" : $"its key begins with {MalformedMessage.Excerpt(failed.Key)}";
        var size = failed.Size.ToString("N0", CultureInfo.InvariantCulture);
        return failed.Error.Code switch
        {
            ErrorCodes.MessageTooLarge or ErrorCodes.RecordListTooLarge => new RefusedRecordException(
                $"{record} is too large for the broker: {key}, key and value have {size} bytes. Raise max.message.bytes of the topic "
                    + "(message.max.bytes of the broker), "
                    + "or write smaller records."),
            ErrorCodes.TopicAuthorizationFailed => new RefusedRecordException(
                $"{record} was refused: the principal of this connection has no right to write to the topic."),
            _ => new KafkaClientException($"{record} was not delivered: {failed.Error}; {key}.", failed.Error),
        };
    }
}
