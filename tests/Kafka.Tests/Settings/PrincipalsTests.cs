using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Tests.Settings;

/// <summary>Messages name whom the brokers know, and not whom a setting that is not used would be.</summary>
public sealed class PrincipalsTests
{
    [Theory]
    [InlineData("", false, "a user without a name (no SASL, no certificate)")]
    [InlineData(
        "sasl.username=u", false, "a user without a name (security.protocol is plaintext, so that nothing of SASL is used)")]
    [InlineData("", true, "a user without a name (security.protocol is plaintext, so that nothing of SASL is used)")]
    [InlineData("security.protocol=SASL_SSL sasl.mechanism=PLAIN sasl.username=u", false, "user 'u'")]
    [InlineData("security.protocol=sasl_plaintext sasl.mechanism=SCRAM-SHA-512 sasl.username=u", false, "user 'u'")]
    [InlineData("security.protocol=sasl_ssl sasl.mechanism=PLAIN", false, "a user without a name (sasl.username is not set)")]
    [InlineData("security.protocol=sasl_ssl sasl.mechanism=OAUTHBEARER sasl.username=u", true, "the owner of the token")]
    [InlineData("security.protocol=sasl_ssl sasl.kerberos.principal=k", false, "the Kerberos principal 'k'")]
    [InlineData("security.protocol=ssl", false, "a user without a name (no SASL, no certificate)")]
    [InlineData("security.protocol=ssl ssl.certificate.location=c.pem", false, "the owner of the certificate c.pem")]
    [InlineData("security.protocol=plaintext ssl.certificate.location=c.pem", false, "a user without a name (no SASL, no certificate)")]
    public void A_principal_is_who_the_broker_sees(string settings, bool hasToken, string principal)
    {
        var given = new ClientSettings();
        foreach (var setting in settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            given.Set(setting.Split('=')[0], setting.Split('=')[1], "a test");
        }

        Assert.Equal(principal, Principals.Of(given, hasToken));
    }

    [Fact]
    public void Names_of_jobs_cannot_collide_and_the_group_is_said_in_one_place()
    {
        var kafka = new KafkaConnection("broker:9092");
        foreach (var name in new[] { "weir.a", "a.", "." })
        {
            Assert.Contains(
                $"The application '{name}' has a dot",
                Assert.Throws<ArgumentException>(
                    () => Kafka.Write<long>(kafka, "t", options: new KafkaWriteOptions { Application = name })).Message,
                StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(
                () => Kafka.WriteAhead<long>(kafka, "t", options: new KafkaWriteAheadOptions { Application = name }));
        }

        foreach (var with in (Func<string, string, KafkaConnection>[])[kafka.With, kafka.WithConsumer])
        {
            var refusal = Assert.Throws<ArgumentException>(() => with("group.id", "mine")).Message;
            Assert.Contains("sets 'group.id', which is Weir's to set: KafkaReadOptions.Group names", refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rights_of_one_user_say_nothing_of_those_of_another()
    {
        var one = new KafkaConnection("k:1").With("security.protocol", "sasl_plaintext").With("sasl.username", "u").With("sasl.password", "p");
        Assert.True(one.AsksAsItReads && one.AsksAsItWrites);
        Assert.True(one.WithProducer("linger.ms", "1").AsksAsItWrites);
        var others = one.WithProducer("sasl.username", "writer");
        Assert.True(others.AsksAsItReads);
        Assert.False(others.AsksAsItWrites);
        Assert.False(one.WithConsumer("ssl.certificate.location", "c.pem").AsksAsItReads);
    }
}
