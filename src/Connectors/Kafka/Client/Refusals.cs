namespace Weir.KafkaLog.Client;

/// <summary>Says what a principal needs that a broker has turned away. Pure.</summary>
internal static class Refusals
{
    /// <summary>Whether an error is about who asks: nobody is let in, or a right is missing.</summary>
    public static bool IsRefusal(KafkaError error) =>
        error.Code is ErrorCodes.SaslAuthenticationFailed or ErrorCodes.Authentication || IsOfRights(error.Code) || IsOfCertificate(error);

    /// <summary>Whether a right is missing.</summary>
    public static bool IsOfRights(int code) => code is ErrorCodes.TopicAuthorizationFailed or ErrorCodes.GroupAuthorizationFailed
        or ErrorCodes.ClusterAuthorizationFailed or ErrorCodes.TransactionalIdAuthorizationFailed;

    /// <summary>Whether a certificate is not believed.</summary>
    public static bool IsOfCertificate(KafkaError error) =>
        error.Code == ErrorCodes.Ssl && error.Text.Contains("certificate", StringComparison.OrdinalIgnoreCase);

    /// <summary>What to do, as a sentence behind others; empty if nothing is to be said.</summary>
    /// <param name="error">The error.</param>
    /// <param name="principal">Who was turned away; null if that is told elsewhere.</param>
    public static string Advice(KafkaError error, string? principal) => principal is null || !IsRefusal(error) ? "" : error.Code switch
    {
        ErrorCodes.Ssl =>
            " Give the certificate of the authority that the brokers' own are of (ssl.ca.location, or ssl.ca.pem), or one of the client "
                + "that they believe (ssl.certificate.location, ssl.key.location).",
        ErrorCodes.TopicAuthorizationFailed =>
            $" Give {principal} the rights to the topic that it needs: Read to read it, Write to write it, Create to make it.",
        ErrorCodes.GroupAuthorizationFailed => $" Give {principal} the right Read on the group.",
        ErrorCodes.TransactionalIdAuthorizationFailed => $" Give {principal} the right Write on the transactional id.",
        ErrorCodes.ClusterAuthorizationFailed =>
            $" Give {principal} the right to the cluster that it needs: Create to make topics, IdempotentWrite to write before Kafka 2.8.",
        _ => $" The connection is that of {principal}: look at its name, its secret and the mechanism (sasl.username, sasl.password, "
            + "sasl.mechanism, or the function of WithToken).",
    };

    /// <summary>Why a topic cannot be used, although it is there; null if nothing is known to be missing.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="known">What is known of it; null for nothing.</param>
    /// <param name="use">What was wanted: <c>read</c>, <c>written</c>.</param>
    /// <param name="servers">Which cluster.</param>
    /// <param name="principal">Who wants it.</param>
    /// <param name="needed">What that needs.</param>
    public static string? Of(
        string topic, TopicDescription? known, string use, string servers, string principal, params ReadOnlySpan<Right> needed)
    {
        foreach (var right in needed)
        {
            if (known?.Forbids(right) == true)
            {
                return $"The topic '{topic}' cannot be {use}: {principal} has no right to {right} at Kafka {servers}; it has the right to "
                    + $"{string.Join(", ", known.Rights.Order())}. Grant it: kafka-acls.sh --add --allow-principal User:‹name› --operation "
                    + $"{right} --topic {topic}.";
            }
        }

        return null;
    }
}
