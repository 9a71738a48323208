namespace Weir.KafkaLog.Client;

/// <summary>A call of the client failed. Another try may help, unless a derived type says that it cannot.</summary>
internal class KafkaClientException(string message, KafkaError error) : Exception(message)
{
    public KafkaError Error { get; } = error;

    /// <summary>Says what was done, where, and what the client said of it.</summary>
    public static KafkaClientException Of(string what, string servers, KafkaError error) =>
        error.Code is ErrorCodes.TopicAuthorizationFailed or ErrorCodes.GroupAuthorizationFailed or ErrorCodes.ClusterAuthorizationFailed
            or ErrorCodes.TransactionalIdAuthorizationFailed or ErrorCodes.SaslAuthenticationFailed or ErrorCodes.Authentication
            or ErrorCodes.InvalidTransactionTimeout
            ? new KafkaRefusedException($"{what} at Kafka {servers} was refused: {error}.", error)
            : new KafkaClientException($"{what} at Kafka {servers} failed: {error}.", error);
}

/// <summary>A call failed in a way that no other try can help: rights, passwords, settings.</summary>
internal sealed class KafkaRefusedException(string message, KafkaError error) : KafkaClientException(message, error), IPermanentFailure;
