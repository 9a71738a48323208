using Weir.KafkaLog.Client;

namespace Weir;

/// <summary>A Kafka cluster and how to reach it: servers, security, and whatever else its clients are told.</summary>
/// <remarks>
/// Immutable; each <c>With</c> gives another connection. Settings have librdkafka's dotted names (<c>security.protocol</c>). Those that
/// Weir decides, such as <c>enable.auto.commit</c> and <c>transactional.id</c>, are refused. Nothing is connected before a job starts.
/// </remarks>
public sealed class KafkaConnection
{
    private readonly ClientSettings _client;
    private readonly ClientSettings _consumer;
    private readonly ClientSettings _producer;

    /// <summary>Names a cluster.</summary>
    /// <param name="servers">Where its brokers are, some of them: <c>broker-1:9092,broker-2:9092</c>.</param>
    public KafkaConnection(string servers)
        : this("kafka", new ClientSettings(), new ClientSettings(), new ClientSettings(), null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(servers);
        _client.Set("bootstrap.servers", servers, nameof(KafkaConnection));
    }

    private KafkaConnection(
        string name, ClientSettings client, ClientSettings consumer, ClientSettings producer, Func<string, KafkaToken>? token)
    {
        Name = name;
        _client = client;
        _consumer = consumer;
        _producer = producer;
        Token = token;
    }

    /// <summary>Gets the name that configuration and messages have for it.</summary>
    public string Name { get; }

    /// <summary>Gets the servers, as they were given.</summary>
    public string Servers => _client.Servers;

    internal Func<string, KafkaToken>? Token { get; }

    /// <summary>The same cluster with a setting for all clients.</summary>
    /// <param name="name">librdkafka's name: <c>sasl.username</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>Another connection.</returns>
    /// <exception cref="ArgumentException">It is one that Weir decides.</exception>
    public KafkaConnection With(string name, string value) =>
        new(Name, Checked(_client, name, value, nameof(With)), _consumer, _producer, Token);

    /// <summary>The same cluster with a setting for what reads.</summary>
    /// <inheritdoc cref="With"/>
    public KafkaConnection WithConsumer(string name, string value) =>
        new(Name, _client, Checked(_consumer, name, value, nameof(WithConsumer)), _producer, Token);

    /// <summary>The same cluster with a setting for what writes.</summary>
    /// <inheritdoc cref="With"/>
    public KafkaConnection WithProducer(string name, string value) =>
        new(Name, _client, _consumer, Checked(_producer, name, value, nameof(WithProducer)), Token);

    /// <summary>The same cluster with a function that gives tokens for SASL/OAUTHBEARER.</summary>
    /// <param name="token">
    /// Gives a token for the text of <c>sasl.oauthbearer.config</c>. Called by a thread of the client, also while nothing is read or
    /// written; it may block.
    /// </param>
    /// <returns>Another connection.</returns>
    public KafkaConnection WithToken(Func<string, KafkaToken> token) => new(Name, _client, _consumer, _producer, token);

    /// <inheritdoc/>
    public override string ToString() => $"Kafka at {Servers}";

    internal ClientSettings ForConsumer() => _client.Copy().Add(_consumer);

    internal ClientSettings ForProducer() => _client.Copy().Add(_producer);

    internal ClientSettings ForAdmin() => _client.Copy();

    private static ClientSettings Checked(ClientSettings settings, string name, string value, string method)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        var origin = $"{nameof(KafkaConnection)}.{method}(\"{name}\", …)";
        return ReservedSettings.Refusal(name, origin) is { } refusal
            ? throw new ArgumentException(refusal, nameof(name))
            : settings.Copy().Set(name, value, origin);
    }
}
