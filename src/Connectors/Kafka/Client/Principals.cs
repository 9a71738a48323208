namespace Weir.KafkaLog.Client;

/// <summary>Whom brokers know a client as, for messages. Pure.</summary>
internal static class Principals
{
    /// <summary>Says it.</summary>
    /// <param name="settings">The settings of the client: those of SASL count only where it is on.</param>
    /// <param name="hasToken">Whether a function gives tokens.</param>
    public static string Of(ClientSettings settings, bool hasToken)
    {
        var protocol = settings["security.protocol"] ?? "plaintext";
        if (protocol.StartsWith("sasl", StringComparison.OrdinalIgnoreCase))
        {
            var mechanism = settings["sasl.mechanism"] ?? settings["sasl.mechanisms"] ?? "GSSAPI";
            return mechanism switch
            {
                "OAUTHBEARER" => "the owner of the token",
                "GSSAPI" => $"the Kerberos principal '{settings["sasl.kerberos.principal"] ?? "kafkaclient"}'",
                _ when settings["sasl.username"] is { } user => $"user '{user}'",
                _ => "a user without a name (sasl.username is not set)",
            };
        }

        var certificate = settings["ssl.certificate.location"] ?? settings["ssl.keystore.location"];
        return !protocol.EndsWith("ssl", StringComparison.OrdinalIgnoreCase) ? $"a user without a name ({Unused(settings, hasToken)})"
            : certificate is not null ? $"the owner of the certificate {certificate}"
            : settings["ssl.certificate.pem"] is not null ? "the owner of the certificate in ssl.certificate.pem"
            : $"a user without a name ({Unused(settings, hasToken)})";
    }

    // The likeliest mistake of somebody who wonders about it.
    private static string Unused(ClientSettings settings, bool hasToken) =>
        settings["sasl.username"] is not null || hasToken
            ? $"security.protocol is {settings["security.protocol"] ?? "plaintext"}, so that nothing of SASL is used"
            : "no SASL, no certificate";
}
