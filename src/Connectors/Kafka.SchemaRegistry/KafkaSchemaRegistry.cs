using Confluent.Kafka;
using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;
using NJsonSchema.NewtonsoftJson.Generation;
using Weir.KafkaLog.Registry;

namespace Weir;

/// <summary>
/// A schema registry as Confluent's, Karapace and Redpanda have: it gives formats whose messages begin with the id of their schema.
/// </summary>
/// <remarks>
/// The formats read and write by Confluent's serdes. Nothing is asked for before the first message, and each schema once: the thread that
/// has its first message waits for it. One object serves all formats and jobs of a process.
/// </remarks>
public sealed class KafkaSchemaRegistry : IDisposable
{
    private readonly CachedSchemaRegistryClient? _owned;
    private readonly NamedRegistry _client;
    private readonly RegistrySettings _settings;

    /// <summary>Names a registry.</summary>
    /// <param name="url">Where it is: <c>http://registry:8081</c>. Several URLs are separated by commas.</param>
    public KafkaSchemaRegistry(string url)
        : this(Only(url))
    {
    }

    /// <summary>Names a registry and how to talk to it.</summary>
    /// <param name="settings">
    /// Settings by the names of Confluent's .NET client: <c>schema.registry.url</c>, <c>schema.registry.basic.auth.user.info</c> and its
    /// others, or a <c>SchemaRegistryConfig</c>; beside them those of the serdes, such as <c>json.serializer.auto.register.schemas</c> or
    /// <c>avro.deserializer.use.latest.version</c>.
    /// </param>
    /// <exception cref="ArgumentException">A setting is none, or has a value that it cannot have.</exception>
    public KafkaSchemaRegistry(IEnumerable<KeyValuePair<string, string>> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = new RegistrySettings(settings);
        _owned = new CachedSchemaRegistryClient(_settings.Client);
        _client = new NamedRegistry(_owned, _settings.Url);
    }

    /// <summary>Takes a client of yours: with a proxy, tokens, or a cache that others use, too.</summary>
    /// <param name="client">The client; whoever has made it disposes of it.</param>
    /// <param name="settings">Settings of the serdes, such as <c>json.serializer.auto.register.schemas</c>.</param>
    /// <exception cref="ArgumentException">A setting is none, or has a value that it cannot have.</exception>
    public KafkaSchemaRegistry(ISchemaRegistryClient client, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _settings = new RegistrySettings([.. client.Config ?? [], .. settings ?? []]);
        _client = new NamedRegistry(client, _settings.Url);
    }

    /// <summary>Values in JSON, with a JSON schema. Names of members are as in C# unless the settings say otherwise.</summary>
    /// <typeparam name="T">The records.</typeparam>
    /// <param name="topic">The topic: the subject is <c>‹topic›-value</c> unless the settings say otherwise.</param>
    /// <param name="json">How Newtonsoft.Json writes the records, and how schemas are made of them.</param>
    /// <returns>The format.</returns>
    public IRecordFormat<T> Json<T>(string topic, NewtonsoftJsonSchemaGeneratorSettings? json = null)
        where T : class => JsonOf<T>(topic, MessageComponentType.Value, json);

    /// <summary>Keys in JSON, with a JSON schema.</summary>
    /// <inheritdoc cref="Json"/>
    /// <param name="topic">The topic: the subject is <c>‹topic›-key</c> unless the settings say otherwise.</param>
    /// <param name="json">How Newtonsoft.Json writes the records, and how schemas are made of them.</param>
    public IRecordFormat<T> JsonKey<T>(string topic, NewtonsoftJsonSchemaGeneratorSettings? json = null)
        where T : class => JsonOf<T>(topic, MessageComponentType.Key, json);

    /// <summary>Values in Avro.</summary>
    /// <typeparam name="T">
    /// Classes that avrogen has written (<c>ISpecificRecord</c>), <c>GenericRecord</c>, or <c>string</c>, <c>byte[]</c>, <c>int</c>,
    /// <c>long</c>, <c>float</c>, <c>double</c>, <c>bool</c>.
    /// </typeparam>
    /// <param name="topic">The topic: the subject is <c>‹topic›-value</c> unless the settings say otherwise.</param>
    /// <returns>The format.</returns>
    /// <exception cref="NotSupportedException">The type is none of these.</exception>
    public IRecordFormat<T> Avro<T>(string topic) => AvroOf<T>(topic, MessageComponentType.Value);

    /// <summary>Keys in Avro.</summary>
    /// <inheritdoc cref="Avro"/>
    /// <param name="topic">The topic: the subject is <c>‹topic›-key</c> unless the settings say otherwise.</param>
    public IRecordFormat<T> AvroKey<T>(string topic) => AvroOf<T>(topic, MessageComponentType.Key);

    /// <summary>Closes the connections to the registry. Formats of it ask for no further schemas.</summary>
    public void Dispose() => _owned?.Dispose();

    private static Dictionary<string, string> Only(string url)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        return new() { [SchemaRegistryConfig.PropertyNames.SchemaRegistryUrl] = url };
    }

    private RegistryFormat<T> JsonOf<T>(string topic, MessageComponentType component, NewtonsoftJsonSchemaGeneratorSettings? json)
        where T : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        var (reading, writing) = (_settings.Of("json.deserializer."), _settings.Of("json.serializer."));
        return RegistryFormat<T>.Of(
            topic,
            component,
            () => new JsonDeserializer<T>(_client, new JsonDeserializerConfig(reading), json),
            () => new JsonSerializer<T>(_client, new JsonSerializerConfig(writing), json));
    }

    private RegistryFormat<T> AvroOf<T>(string topic, MessageComponentType component)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(topic);
        if (!AvroTypes.Has<T>())
        {
            throw new NotSupportedException(
                $"Avro has no {typeof(T).Name}: take a class that avrogen has written (ISpecificRecord), GenericRecord, string, byte[], "
                    + "int, long, float, double or bool.");
        }

        var (reading, writing) = (_settings.Of("avro.deserializer."), _settings.Of("avro.serializer."));
        return RegistryFormat<T>.Of(
            topic,
            component,
            () => new AvroDeserializer<T>(_client, new AvroDeserializerConfig(reading)),
            () => new AvroSerializer<T>(_client, new AvroSerializerConfig(writing)));
    }
}
