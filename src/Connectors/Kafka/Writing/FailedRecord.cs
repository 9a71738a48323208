using System.Globalization;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Reading;

namespace Weir.KafkaLog.Writing;

/// <summary>Says which record could not be delivered, and what to do.</summary>
/// <remarks>
/// The codes are those that a broker may answer a record with and that no other try can change. The others are troubles of brokers
/// (a leader that moves, replicas that are away, a request that was damaged on its way), and end with a restart of the job, as does a topic
/// that is not there: whoever makes it anew lets the job go on.
/// </remarks>
internal static class FailedRecord
{
    private const string OtherTime =
        "Give it a time nearer to now by Time of its shape, let the topic take such times (message.timestamp.before.max.ms and "
            + "message.timestamp.after.max.ms), or leave times to the broker (message.timestamp.type=LogAppendTime).";

    private const string Who = "‹who›";

    // Of one batch with several such records, the client tells this of wrong times, too.
    private const string OtherRecord =
        "There are three causes. The topic is compacted (cleanup.policy=compact), and the record has no key: give it one by Key of its "
            + "shape. Or the topic does not take its time. " + OtherTime + " Or the broker checks schemas, which the record must keep.";

    /// <summary>Whether no other try can help.</summary>
    public static bool IsForGood(int code) => Reason(code) is not null;

    /// <summary>Says what became of a record.</summary>
    /// <param name="failed">The record.</param>
    /// <param name="servers">Which cluster.</param>
    /// <param name="principal">Whom the cluster knows the writer as.</param>
    public static Exception Of(FailedDelivery failed, string servers, string principal)
    {
        var key = failed.Key is null ? "it has no key" : $"its key begins with {MalformedMessage.Excerpt(failed.Key)}";
        var size = failed.Size.ToString("N0", CultureInfo.InvariantCulture);
        var record = $"A record of {failed.Topic}[{failed.Partition}] at Kafka {servers}";
        return Reason(failed.Error.Code) is var (reason, help)
            ? new RefusedRecordException(
                $"{record} {reason.Replace(Who, principal, StringComparison.Ordinal)}: {key}, key and value have {size} bytes. "
                    + $"The broker says {failed.Error}. {help}")
            : new KafkaClientException($"{record} was not delivered: {failed.Error}; {key}.", failed.Error);
    }

    private static (string Reason, string Help)? Reason(int code) => code switch
    {
        ErrorCodes.MessageTooLarge or ErrorCodes.RecordListTooLarge => (
            "is too large for the broker",
            "Raise max.message.bytes of the topic (message.max.bytes of the broker), or write smaller records."),
        ErrorCodes.InvalidTimestamp => ("has a time that the topic does not take", OtherTime),
        ErrorCodes.InvalidRecord => ("is none that the topic takes", OtherRecord),
        ErrorCodes.OtherRecordInvalid => ("was not written, since the topic does not take another one of its batch", OtherRecord),
        ErrorCodes.UnsupportedForMessageFormat => (
            "has what the topic's format of messages cannot hold",
            "Write it without headers and transactions, or raise message.format.version of the topic."),
        ErrorCodes.UnsupportedCompression => (
            "is compressed in a way that the broker does not know",
            "Set another compression.type for the producer."),
        ErrorCodes.PolicyViolation => (
            "breaks a rule that the broker's owner has made",
            "Ask for the rule, and write what it allows."),
        ErrorCodes.InvalidTopic => (
            "is for a topic that nobody may write",
            "Name another topic: the name is invalid, or the topic is the cluster's own."),
        ErrorCodes.InvalidRequiredAcks => (
            "was to be acknowledged in a way that the broker does not know",
            "Let Weir set acks, and look at the version of the broker."),
        ErrorCodes.TopicAuthorizationFailed => (
            $"was refused, since {Who} has no right to write to the topic",
            "Give it the right Write on the topic, and start the job again."),
        ErrorCodes.ClusterAuthorizationFailed or ErrorCodes.TransactionalIdAuthorizationFailed => (
            $"was refused, since {Who} has no right to write in transactions, or idempotently",
            "Give it the right Write on the transactional id (IdempotentWrite on the cluster), and start the job again."),
        _ => null,
    };
}
