using Weir.KafkaLog.Client;
using Weir.KafkaLog.Hosted;
using Weir.Runtime;

namespace Weir;

/// <summary>A Kafka cluster and how to reach it: servers, security, and whatever else its clients are told.</summary>
/// <remarks>
/// Immutable; each <c>With</c> gives another connection. Settings have librdkafka's dotted names (<c>security.protocol</c>), or those of
/// the properties of Confluent's <c>ConsumerConfig</c> (<c>SecurityProtocol</c>). Those that Weir decides, such as
/// <c>enable.auto.commit</c> and <c>transactional.id</c>, are refused. Nothing is connected before a job starts.
/// </remarks>
public sealed class KafkaConnection
{
    private readonly ConnectionLayers _layers;
    private readonly bool _isOfHost;

    /// <summary>Names a cluster.</summary>
    /// <param name="servers">Where its brokers are, some of them: <c>broker-1:9092,broker-2:9092</c>.</param>
    public KafkaConnection(string servers)
        : this("kafka", OfServers(servers), null, false)
    {
    }

    private KafkaConnection(string? name, ConnectionLayers layers, Func<string, KafkaToken>? token, bool isOfHost)
    {
        GivenName = name;
        _layers = layers;
        Token = token;
        _isOfHost = isOfHost;
    }

    /// <summary>Gets the connection that was added first to the host that the job runs in: it is found when the job starts.</summary>
    public static KafkaConnection Default { get; } = new(null, ConnectionLayers.Empty, null, true);

    /// <summary>Gets the name that configuration and messages have for it.</summary>
    public string Name => GivenName ?? "default";

    /// <summary>Gets the servers, as they were given. Of a connection that the host has, they are known when the job starts.</summary>
    public string Servers => !_isOfHost ? _layers.Client.Servers
        : GivenName is { } name ? $"(connection '{name}' of the host)" : "(connection of the host)";

    internal Func<string, KafkaToken>? Token { get; }

    /// <summary>Gets whom the brokers know its clients as, for messages.</summary>
    internal string Principal => Principals.Of(ForAdmin(), Token is not null);

    /// <summary>Gets whom the brokers know its producers as.</summary>
    internal string ProducerPrincipal => Principals.Of(ForProducer(), Token is not null);

    internal ConnectionLayers Layers => _layers;

    private string? GivenName { get; }

    /// <summary>A connection that was added to the host that the job runs in: it is found when the job starts.</summary>
    /// <param name="name">Its name there: <c>AddKafka(name)</c>.</param>
    /// <returns>The connection. What <c>With</c> changes of it lies over what the host says.</returns>
    public static KafkaConnection Named(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new(name, ConnectionLayers.Empty, null, true);
    }

    /// <summary>The same cluster with a setting for all clients.</summary>
    /// <param name="name">librdkafka's name, or that of a property of <c>ConsumerConfig</c>: <c>sasl.username</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>Another connection.</returns>
    /// <exception cref="ArgumentException">It is one that Weir decides, or none.</exception>
    public KafkaConnection With(string name, string value) => With(Layer.Client, nameof(With), name, value);

    /// <summary>The same cluster with a setting for what reads.</summary>
    /// <inheritdoc cref="With(string, string)"/>
    public KafkaConnection WithConsumer(string name, string value) => With(Layer.Consumer, nameof(WithConsumer), name, value);

    /// <summary>The same cluster with a setting for what writes.</summary>
    /// <inheritdoc cref="With(string, string)"/>
    public KafkaConnection WithProducer(string name, string value) => With(Layer.Producer, nameof(WithProducer), name, value);

    /// <summary>The same cluster with a setting for what asks for topics and their settings, and makes the progress topic.</summary>
    /// <inheritdoc cref="With(string, string)"/>
    public KafkaConnection WithAdmin(string name, string value) => With(Layer.Admin, nameof(WithAdmin), name, value);

    /// <summary>The same cluster with a setting for one topic: what consumers have, for a source that reads it; what a topic may have on
    /// its own (<c>compression.type</c>, <c>partitioner</c>), for sinks.</summary>
    /// <inheritdoc cref="With(string, string)"/>
    /// <param name="topic">The topic.</param>
    /// <param name="name">librdkafka's name, or that of a property of <c>ConsumerConfig</c>: <c>compression.type</c>.</param>
    /// <param name="value">The value.</param>
    public KafkaConnection WithTopic(string topic, string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        return With(Layer.Topic, nameof(WithTopic), name, value, topic);
    }

    /// <summary>The same cluster with a function that gives tokens for SASL/OAUTHBEARER.</summary>
    /// <param name="token">
    /// Gives a token for the text of <c>sasl.oauthbearer.config</c>. Called by a thread of the client, also while nothing is read or
    /// written; it may block.
    /// </param>
    /// <returns>Another connection.</returns>
    public KafkaConnection WithToken(Func<string, KafkaToken> token) => new(GivenName, _layers, token, _isOfHost);

    /// <inheritdoc/>
    public override string ToString() => $"Kafka at {Servers}";

    /// <summary>A connection of a host.</summary>
    internal static KafkaConnection Of(string name, ConnectionLayers layers) => new(name, layers, null, false);

    /// <summary>The connection that this stands for in a host; this, if it stands for none.</summary>
    /// <param name="user">What uses it, for messages.</param>
    /// <param name="services">The services of the host; null where there is none.</param>
    /// <exception cref="PlanException">There is no such connection.</exception>
    internal KafkaConnection In(IServiceProvider? services, string user)
    {
        if (!_isOfHost)
        {
            CheckSettings();
            return this;
        }

        var found = services is null ? null : KafkaConnections.Find(services, GivenName);
        if (found is not null)
        {
            var own = new KafkaConnection(found.Name, found._layers.Add(_layers), Token ?? found.Token, false);
            own.CheckSettings();
            return own;
        }

        throw GivenName is { } name ? new PlanException(
                $"{user} uses the Kafka connection '{name}', and {Where(services)}. Add it by builder.AddWeir().AddKafka(\"{name}\"), or "
                    + "give the cluster in the call: new KafkaConnection(\"broker:9092\").")
            : new PlanException(
                $"{user} names no Kafka cluster, and {Where(services)}. Add it by builder.AddWeir().AddKafka(\"kafka\"), whose servers are "
                    + "in ConnectionStrings:kafka; or give the cluster in the call: new KafkaConnection(\"broker:9092\").");
    }

    /// <summary>Has the client look at all settings, as it does when a job opens it: before anything is shut out.</summary>
    /// <exception cref="KafkaSettingException">The client does not take one.</exception>
    internal void CheckSettings()
    {
        foreach (var settings in (ClientSettings[])[ForConsumer(), ForProducer(), ForAdmin(), .. _layers.Topics.Values])
        {
            settings.Check();
        }
    }

    /// <summary>Whether questions to the cluster are the same by both connections.</summary>
    internal bool AsksAs(KafkaConnection other) => Token == other.Token && ForAdmin().IsSameAs(other.ForAdmin());

    /// <summary>Gets whether the rights of who asks the cluster are those of who reads.</summary>
    internal bool AsksAsItReads => ForAdmin().IsSamePrincipalAs(ForConsumer());

    /// <summary>Gets whether the rights of who asks the cluster are those of who writes.</summary>
    internal bool AsksAsItWrites => ForAdmin().IsSamePrincipalAs(ForProducer());

    internal ClientSettings ForConsumer(params IEnumerable<string> topics) => _layers.ForConsumer(topics);

    internal ClientSettings ForProducer() => _layers.ForProducer();

    internal ClientSettings ForAdmin() => _layers.ForAdmin();

    private static string Where(IServiceProvider? services) =>
        services is null ? "the job does not run in a host that could have one" : "its host has none of that name";

    private static ConnectionLayers OfServers(string servers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(servers);
        return ConnectionLayers.Empty.With(Layer.Client, "bootstrap.servers", servers, nameof(KafkaConnection), out _);
    }

    private KafkaConnection With(Layer layer, string method, string name, string value, string topic = "")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        var place = topic.Length == 0 ? $"(\"{name}\", …)" : $"(\"{topic}\", \"{name}\", …)";
        var layers = _layers.With(layer, name, value, $"{nameof(KafkaConnection)}.{method}{place}", out var refusal, topic);
        return refusal is null
            ? new(GivenName, layers, Token, _isOfHost)
            : throw new ArgumentException(refusal, nameof(name));
    }
}
