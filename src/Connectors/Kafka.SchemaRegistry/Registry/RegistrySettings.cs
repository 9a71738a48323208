using System.Reflection;
using Confluent.SchemaRegistry;
using Confluent.SchemaRegistry.Serdes;

namespace Weir.KafkaLog.Registry;

/// <summary>Settings by Confluent's names, dealt out to the client and to the serdes that they are for.</summary>
internal sealed class RegistrySettings
{
    private const string OfClient = "schema.registry.";

    private static readonly string[] ForAll = ["rules.", "validation."];

    // With SASL_INHERIT the client looks for these two.
    private static readonly string[] Inherited = ["sasl.username", "sasl.password"];

    private static readonly HashSet<string> Known =
    [
        .. Names(typeof(SchemaRegistryConfig.PropertyNames)), .. Names(typeof(SerdeConfig.SharedPropertyNames)), .. Inherited,
        .. Names(typeof(JsonSerializerConfig.PropertyNames)), .. Names(typeof(JsonDeserializerConfig.PropertyNames)),
        .. Names(typeof(AvroSerializerConfig.PropertyNames)), .. Names(typeof(AvroDeserializerConfig.PropertyNames)),
    ];

    private readonly Dictionary<string, string> _settings;

    public RegistrySettings(IEnumerable<KeyValuePair<string, string>> settings)
    {
        _settings = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach (var name in _settings.Keys)
        {
            if (!Known.Contains(name) && !name.StartsWith("rules.", StringComparison.Ordinal))
            {
                throw new ArgumentException(
                    $"No schema registry and none of its serdes has a setting '{name}'. The names are those of Confluent: "
                        + $"{OfClient}url, json.serializer.auto.register.schemas, avro.deserializer.use.latest.version, …",
                    nameof(settings));
            }

            if (name == SchemaRegistryConfig.PropertyNames.SchemaRegistryUrl && _settings[name].Contains('@', StringComparison.Ordinal))
            {
                // The client would not send them, and every failure would tell them.
                throw new ArgumentException(
                    $"'{name}' has credentials in it, which are not sent: give them as "
                        + $"'{SchemaRegistryConfig.PropertyNames.SchemaRegistryBasicAuthUserInfo}' (user:password).",
                    nameof(settings));
            }

            if (name.EndsWith(".serializer.schema.id.strategy", StringComparison.Ordinal)
                && !string.Equals(_settings[name], nameof(SchemaIdSerializerStrategy.Prefix), StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException(
                    $"'{name}' is '{_settings[name]}', and a format sees no headers: the schema's id stands in front of the payload "
                        + "(Prefix).",
                    nameof(settings));
            }
        }
    }

    /// <summary>Gets where the registry is, for messages.</summary>
    public string Url => _settings.GetValueOrDefault(SchemaRegistryConfig.PropertyNames.SchemaRegistryUrl, "(unknown URL)");

    /// <summary>Gets what the client of the registry is told.</summary>
    public IEnumerable<KeyValuePair<string, string>> Client => _settings.Where(static setting =>
        setting.Key.StartsWith(OfClient, StringComparison.Ordinal) || Inherited.Contains(setting.Key));

    /// <summary>What a serde is told: its own settings, those for all, and the names of subjects if nothing is said.</summary>
    /// <param name="serde">How its settings begin: <c>json.serializer.</c>.</param>
    public Dictionary<string, string> Of(string serde)
    {
        var told = _settings
            .Where(setting => setting.Key.StartsWith(serde, StringComparison.Ordinal)
                || ForAll.Any(start => setting.Key.StartsWith(start, StringComparison.Ordinal)))
            .ToDictionary(StringComparer.Ordinal);
        if (!_settings.Keys.Any(static name => name.StartsWith(OfClient, StringComparison.Ordinal)
            && name.EndsWith(".subject.name.strategy", StringComparison.Ordinal)))
        {
            _ = told.TryAdd($"{serde}subject.name.strategy", nameof(SubjectNameStrategy.Topic));
        }

        return told;
    }

    private static IEnumerable<string> Names(Type names) => names
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => field.GetValue(null))
        .OfType<string>();
}
