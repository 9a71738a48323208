using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>A message that the client has given up.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Error">Why.</param>
/// <param name="Key">The beginning of its key; null for none.</param>
/// <param name="Size">The size of key and value in bytes.</param>
internal sealed record FailedDelivery(string Topic, int Partition, KafkaError Error, byte[]? Key, long Size)
{
    private const int MaxKey = 64;

    /// <summary>
    /// Gets whether another message is to blame: of the same batch, or of the transaction, with which the client gives up all others.
    /// </summary>
    public bool IsConsequence => Error.Code is ErrorCodes.OtherRecordInvalid or ErrorCodes.PurgedQueue or ErrorCodes.PurgedInFlight;

    public static unsafe FailedDelivery Of(RdMessage* message) => new(
        message->Topic == 0 ? "" : Utf8.Text(Rd.rd_kafka_topic_name(message->Topic)) ?? "",
        message->Partition,
        KafkaError.Of(message->Error),
        message->Key == null ? null : new ReadOnlySpan<byte>(message->Key, (int)Math.Min(message->KeyLength, MaxKey)).ToArray(),
        (long)(message->KeyLength + message->Length));
}
