using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>An error as librdkafka tells it, with what the client may do about it.</summary>
/// <param name="Code">One of <see cref="ErrorCodes"/>, or another.</param>
/// <param name="Text">What the client or the broker says.</param>
/// <param name="IsFatal">Nothing can be done with this client any more.</param>
/// <param name="IsRetriable">The same call may be made again.</param>
/// <param name="RequiresAbort">The transaction is lost and must be aborted.</param>
internal readonly record struct KafkaError(
    int Code, string Text, bool IsFatal = false, bool IsRetriable = false, bool RequiresAbort = false)
{
    /// <summary>The name that the documentation of Kafka and of its clients knows the error by.</summary>
    public unsafe string Name => Utf8.Text(Rd.rd_kafka_err2name(Code)) ?? "";

    /// <summary>
    /// Gets whether the broker has shut this producer out: its transaction was open for too long, or another process has begun. The client
    /// does not tell one from the other.
    /// </summary>
    public bool IsFenced => Code is ErrorCodes.Fenced or ErrorCodes.ProducerFenced or ErrorCodes.InvalidProducerEpoch;

    /// <summary>An error of which only the code is known.</summary>
    public static unsafe KafkaError Of(int code) => new(code, Utf8.Text(Rd.rd_kafka_err2str(code)) ?? "");

    /// <summary>Takes an error object over, and frees it.</summary>
    /// <param name="error">What a call returned; 0 for success.</param>
    /// <returns>The error; null for success.</returns>
    public static unsafe KafkaError? Take(nint error)
    {
        if (error == 0)
        {
            return null;
        }

        var taken = new KafkaError(
            Rd.rd_kafka_error_code(error),
            Utf8.Text(Rd.rd_kafka_error_string(error)) ?? "",
            Rd.rd_kafka_error_is_fatal(error) != 0,
            Rd.rd_kafka_error_is_retriable(error) != 0,
            Rd.rd_kafka_error_txn_requires_abort(error) != 0);
        Rd.rd_kafka_error_destroy(error);
        return taken;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Text.TrimEnd('.')}";
}
