namespace Weir.KafkaLog.Client;

/// <summary>A call of the client failed. Another try may help, unless a derived type says that it cannot.</summary>
internal class KafkaClientException(string message, KafkaError error) : Exception(message)
{
    public KafkaError Error { get; } = error;

    /// <summary>Says what was done, where, and what the client said of it.</summary>
    /// <param name="what">What was done.</param>
    /// <param name="servers">Where.</param>
    /// <param name="error">What the client said of it.</param>
    /// <param name="before">What it has told of its connections before, which may be the reason; null for nothing.</param>
    /// <param name="principal">Whom the brokers know it as; null if that is told elsewhere.</param>
    public static KafkaClientException Of(
        string what, string servers, KafkaError error, KafkaError? before = null, string? principal = null) =>
        Refusals.IsRefusal(error) || error.Code == ErrorCodes.InvalidTransactionTimeout
            ? new KafkaRefusedException($"{what} at Kafka {servers} was refused: {error}.{Refusals.Advice(error, principal)}", error)
            : new KafkaClientException(
                $"{what} at Kafka {servers} failed: {error}.{(before is null ? "" : $" The client has told before: {before}.")}", error);
}

/// <summary>A call failed in a way that no other try can help: rights, passwords, settings.</summary>
internal sealed class KafkaRefusedException(string message, KafkaError error) : KafkaClientException(message, error), IPermanentFailure;
