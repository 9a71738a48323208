using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Tests.Settings;

/// <summary>What settings are called, and what their values are called.</summary>
public sealed class ClientSettingTests
{
    // The library's own: its documentation has none of them.
    private static readonly string[] Hidden =
    [
        "client.software.name", "metadata.request.timeout.ms", "enable.sparse.connections", "enable_sasl_queue", "test.mock.num.brokers",
        "test.mock.broker.rtt",
    ];

    [Theory]
    [InlineData("security.protocol", "security.protocol")]
    [InlineData("SecurityProtocol", "security.protocol")]
    [InlineData("securityProtocol", "security.protocol")]
    [InlineData("BootstrapServers", "bootstrap.servers")]
    [InlineData("metadata.broker.list", "bootstrap.servers")]
    [InlineData("SaslMechanism", "sasl.mechanism")]
    [InlineData("sasl.mechanisms", "sasl.mechanism")]
    [InlineData("queue.buffering.max.ms", "linger.ms")]
    [InlineData("EnableSslCertificateVerification", "enable.ssl.certificate.verification")]
    public void A_setting_has_its_dotted_name_other_names_and_that_of_a_property(string key, string expected) =>
        Assert.Equal(expected, ClientSetting.Find(key)?.Name);

    [Theory]
    [InlineData("SecurityProtocol", "SaslSsl", "sasl_ssl")]
    [InlineData("security.protocol", "sasl_ssl", "sasl_ssl")]
    [InlineData("SaslMechanism", "ScramSha256", "SCRAM-SHA-256")]
    [InlineData("SaslMechanism", "OAuthBearer", "OAUTHBEARER")]
    [InlineData("Acks", "All", "all")]
    [InlineData("Partitioner", "ConsistentRandom", "consistent_random")]
    [InlineData("socket.keepalive.enable", "True", "true")]
    [InlineData("LingerMs", "5", "5")]
    [InlineData("ClientId", "SaslSsl", "SaslSsl")]
    [InlineData("security.protocol", "nonsense", "nonsense")]
    public void Values_that_are_names_may_be_written_as_NET_does(string key, string value, string expected) =>
        Assert.Equal(expected, ClientSetting.Find(key)!.ValueOf(value));

    [Theory]
    [InlineData("sasl.usernam", "sasl.username")]
    [InlineData("SecurtyProtocol", "security.protocol")]
    [InlineData("linger", "linger.ms")]
    [InlineData("completely.different.name", null)]
    public void A_name_that_is_none_has_a_near_one_or_not(string key, string? expected)
    {
        Assert.Null(ClientSetting.Find(key));
        Assert.Equal(expected, ClientSetting.Near(key));
    }

    [Theory]
    [InlineData("sasl.password", true)]
    [InlineData("ssl.key.pem", true)]
    [InlineData("ssl.keystore.password", true)]
    [InlineData("sasl.oauthbearer.client.secret", true)]
    [InlineData("sasl.oauthbearer.assertion.private.key.passphrase", true)]
    [InlineData("sasl.username", false)]
    [InlineData("ssl.certificate.pem", false)]
    public void Secrets_are_known(string name, bool expected) => Assert.Equal(expected, ClientSetting.IsSecret(name));

    [Fact]
    public void The_table_has_every_setting_that_the_library_has()
    {
        var known = LibrarySettings();
        Assert.NotEmpty(known);
        Assert.Equal([], known.Where(name => ClientSetting.Find(name) is null));
    }

    [Fact]
    public void The_library_knows_every_setting_of_the_table()
    {
        foreach (var setting in ClientSetting.All)
        {
            var value = setting.Kind switch
            {
                "bool" => "true",
                "int" or "float" => "1000",
                "text" => "x",
                var names => names.Split(',')[0],
            };
            var failure = Record.Exception(() => new ClientSettings().Set(setting.Name, value, "test").Check());
            Assert.DoesNotContain("No such configuration", failure?.Message ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_schema_of_the_configuration_has_every_setting_that_may_be_set()
    {
        var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("src/Hosting/ConfigurationSchema.json"))).RootElement;
        Assert.Equal(
            ClientSetting.All.Select(setting => setting.Name)
                .Where(name => name == "acks" || ReservedSettings.Refusal(name, "", "") is null).Order(StringComparer.Ordinal),
            schema.GetProperty("definitions").GetProperty("kafkaSettings").GetProperty("properties").EnumerateObject()
                .Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    // Those with a value by default or without: callbacks are not among them.
    private static unsafe List<string> LibrarySettings()
    {
        var library = Loaded();
        var dumpAll = (delegate* unmanaged[Cdecl]<nint, nuint*, nint*>)NativeLibrary.GetExport(library, "rd_kafka_conf_dump");
        var free = (delegate* unmanaged[Cdecl]<nint*, nuint, void>)NativeLibrary.GetExport(library, "rd_kafka_conf_dump_free");
        var names = new List<string>();
        var conf = Rd.rd_kafka_conf_new();
        nuint count;
        var dump = dumpAll(conf, &count);
        for (nuint i = 0; i < count; i += 2)
        {
            names.Add(Marshal.PtrToStringUTF8(dump[i])!);
        }

        free(dump, count);
        Rd.rd_kafka_conf_destroy(conf);
        return [.. names.Where(name => !name.EndsWith("_cb", StringComparison.Ordinal)).Except(Hidden)];
    }

    private static nint Loaded()
    {
        foreach (var name in (string[])["librdkafka", "centos8-librdkafka", "alpine-librdkafka", "librdkafka.so.1"])
        {
            if (NativeLibrary.TryLoad(name, typeof(Rd).Assembly, null, out var library))
            {
                return library;
            }
        }

        throw new DllNotFoundException("librdkafka");
    }
}
