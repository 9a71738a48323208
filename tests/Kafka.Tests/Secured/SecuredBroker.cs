using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Tests.Secured;

/// <summary>
/// A broker with users and rights, for all tests of this folder: SASL by password, by SCRAM and by unsigned tokens at one listener, TLS at
/// another; whoever comes by the third is its owner.
/// </summary>
public sealed class SecuredBroker : IAsyncLifetime
{
    public const string Secret = "secret-of-all";

    /// <summary>What librdkafka calls transactional ids; Confluent's package has no name for it.</summary>
    public const ResourceType TransactionalId = (ResourceType)5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weir-secured-");
    private readonly int _sasl = FreePort();
    private readonly int _tls = FreePort();
    private string? _servers;
    private int _users;

    /// <summary>The certificate of the authority that the broker's own is of.</summary>
    public string Authority => Path.Combine(_folder.FullName, "ca.pem");

    /// <summary>That of another one.</summary>
    public string OtherAuthority => Path.Combine(_folder.FullName, "other.pem");

    /// <summary>A certificate and its key, of somebody with the common name <c>totals</c>.</summary>
    public string ClientCertificate => Path.Combine(_folder.FullName, "client.pem");

    internal KafkaConnection Owner
    {
        get
        {
            Assert.SkipWhen(_servers is null, "no Kafka with users: WEIR_KAFKA is not set, or its broker is of Docker.");
            return new KafkaConnection(_servers!);
        }
    }

    internal KafkaConnection Tls => Seen(new KafkaConnection($"127.0.0.1:{_tls}").With("security.protocol", "ssl"));

    internal KafkaConnection Sasl(string mechanism) => Seen(new KafkaConnection($"127.0.0.1:{_sasl}")
        .With("security.protocol", "sasl_plaintext").With("sasl.mechanism", mechanism));

    /// <summary>The next user that has no rights yet.</summary>
    internal (string Name, KafkaConnection Connection) User()
    {
        var name = $"user{Interlocked.Increment(ref _users)}";
        return (name, Sasl("PLAIN").With("sasl.username", name).With("sasl.password", Secret));
    }

    internal string Topic(string name)
    {
        var topic = $"{name}-{Guid.NewGuid():n}"[..24];
        using var cluster = new Cluster(Owner.ForAdmin(), new ClientEvents(), TimeSpan.FromSeconds(30));
        Assert.True(cluster.CreateTopic(topic, 1, new Dictionary<string, string>()));
        return topic;
    }

    internal bool HasTopic(string topic)
    {
        using var cluster = new Cluster(Owner.ForAdmin(), new ClientEvents(), TimeSpan.FromSeconds(30));
        return cluster.Topics([topic])[0].Partitions > 0;
    }

    internal async Task GrantAsync(string user, ResourceType type, string name, params AclOperation[] operations)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Owner.Servers }).Build();
        await admin.CreateAclsAsync(operations.Select(operation => new AclBinding
        {
            Pattern = new ResourcePattern { Type = type, Name = name, ResourcePatternType = ResourcePatternType.Literal },
            Entry = new AccessControlEntry
            {
                Principal = $"User:{user}",
                Host = "*",
                Operation = operation,
                PermissionType = AclPermissionType.Allow,
            },
        }));
    }

    internal async Task TakeAwayAsync(string user, ResourceType type, string name, AclOperation operation)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Owner.Servers }).Build();
        await admin.DeleteAclsAsync(
        [
            new AclBindingFilter
            {
                PatternFilter = new ResourcePatternFilter { Type = type, Name = name, ResourcePatternType = ResourcePatternType.Literal },
                EntryFilter = new AccessControlEntryFilter
                {
                    Principal = $"User:{user}", Operation = operation, PermissionType = AclPermissionType.Any,
                },
            },
        ]);
    }

    /// <summary>All that a job needs that reads one topic and writes another: what the guide says.</summary>
    internal async Task GrantJobAsync(string user, string input, string output, string job)
    {
        await GrantAsync(user, ResourceType.Topic, input, AclOperation.Read);
        await GrantAsync(user, ResourceType.Topic, output, AclOperation.Write);
        await GrantAsync(user, ResourceType.Topic, $"weir.{job}.progress", AclOperation.Create, AclOperation.Read, AclOperation.Write);
        await GrantAsync(user, TransactionalId, $"weir.{job}.tx", AclOperation.Write);
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("WEIR_KAFKA_JARS") is not { Length: > 0 } jars)
        {
            return;
        }

        MakeCertificates();
        var properties = Path.Combine(_folder.FullName, "properties");
        await File.WriteAllTextAsync(properties, Settings());
        await RunAsync(jars, "start", start =>
        {
            start.Environment["WEIR_KAFKA_LISTENERS"] = $"SASL://127.0.0.1:{_sasl},TLS://127.0.0.1:{_tls}";
            start.Environment["WEIR_KAFKA_PROTOCOLS"] = "SASL:SASL_PLAINTEXT,TLS:SSL";
            start.Environment["WEIR_KAFKA_PROPERTIES"] = properties;
            start.Environment["WEIR_KAFKA_SCRAM"] = $"SCRAM-SHA-256=[name=scram,password={Secret}]";
            start.Environment["WEIR_KAFKA_SET"] = "";
        });
        _servers = (await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "bootstrap"))).Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("WEIR_KAFKA_JARS") is { Length: > 0 } jars)
        {
            await RunAsync(jars, "kill", static _ => { });
        }

        _folder.Delete(recursive: true);
    }

    private KafkaConnection Seen(KafkaConnection connection)
    {
        _ = Owner;
        return connection;
    }

    private async Task RunAsync(string jars, string command, Action<ProcessStartInfo> change)
    {
        var start = new ProcessStartInfo("bash", [Repository.At("tests/kafka-broker.sh"), jars, _folder.FullName, command])
        {
            RedirectStandardError = true,
        };
        change(start);
        using var run = Process.Start(start)!;
        var errors = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();
        Assert.True(run.ExitCode == 0, errors);
    }

    private string Settings()
    {
        const string Modules = "org.apache.kafka.common.security";
        var users = string.Join(' ', Enumerable.Range(1, 20).Select(i => $"user_user{i}=\"{Secret}\""));
        return $"""
            authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
            super.users=User:ANONYMOUS
            sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,OAUTHBEARER
            listener.name.sasl.plain.sasl.jaas.config={Modules}.plain.PlainLoginModule required {users};
            listener.name.sasl.scram-sha-256.sasl.jaas.config={Modules}.scram.ScramLoginModule required;
            listener.name.sasl.oauthbearer.sasl.jaas.config={Modules}.oauthbearer.OAuthBearerLoginModule required \
              unsecuredLoginStringClaim_sub="broker";
            listener.name.tls.ssl.keystore.type=PEM
            listener.name.tls.ssl.keystore.location={Path.Combine(_folder.FullName, "broker.pem")}
            listener.name.tls.ssl.truststore.type=PEM
            listener.name.tls.ssl.truststore.location={Authority}
            listener.name.tls.ssl.client.auth=requested
            """;
    }

    private void MakeCertificates()
    {
        using var authority = Certificate("CN=weir-tests", null);
        using var other = Certificate("CN=somebody-else", null);
        using var broker = Certificate("CN=127.0.0.1", authority);
        using var client = Certificate("CN=totals", authority);
        File.WriteAllText(Authority, authority.ExportCertificatePem());
        File.WriteAllText(OtherAuthority, other.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "broker.pem"), WithKey(broker));
        File.WriteAllText(ClientCertificate, WithKey(client));
    }

    private static string WithKey(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n";
    }

    private static X509Certificate2 Certificate(string subject, X509Certificate2? issuer)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, to);
        }

        using var bare = request.Create(issuer, from, to.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        return bare.CopyWithPrivateKey(key);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(nameof(SecuredBroker))]
public sealed class SecuredTests : ICollectionFixture<SecuredBroker>;
