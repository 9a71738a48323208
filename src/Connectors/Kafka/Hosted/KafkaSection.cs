using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Weir.KafkaLog.Client;

namespace Weir.KafkaLog.Hosted;

/// <summary>
/// A connection as the configuration says it: <c>ConnectionStrings:‹name›</c>, over it the layers of <c>Weir:Kafka:‹name›</c>, key by key.
/// </summary>
internal static class KafkaSection
{
    public const string Root = "Weir:Kafka";

    /// <summary>The layers that a section may have; <c>Topics</c> has a section for each topic.</summary>
    public static readonly string[] Layers =
        [nameof(Layer.Client), nameof(Layer.Consumer), nameof(Layer.Producer), nameof(Layer.Admin), Topics];

    private const string Topics = "Topics";

    /// <summary>Reads a connection.</summary>
    /// <exception cref="OptionsValidationException">Settings are refused: all of them, with their paths. No value is told.</exception>
    public static KafkaConnection Read(IConfiguration configuration, string name)
    {
        var failures = new List<string>();
        var layers = ConnectionLayers.Empty;
        if (configuration.GetConnectionString(name) is { Length: > 0 } servers)
        {
            if (servers.Contains('=', StringComparison.Ordinal))
            {
                failures.Add($"'ConnectionStrings:{name}' is a list of brokers, such as 'broker-1:9092,broker-2:9092'. Other settings "
                    + $"belong into '{Root}:{name}:{nameof(Layer.Client)}'.");
            }
            else
            {
                layers = layers.With(Layer.Client, "bootstrap.servers", servers, $"'ConnectionStrings:{name}'", out _);
            }
        }

        foreach (var section in configuration.GetSection($"{Root}:{name}").GetChildren())
        {
            layers = section.Key.Equals(Topics, StringComparison.OrdinalIgnoreCase)
                ? section.GetChildren().Aggregate(layers, (all, topic) => Add(all, Layer.Topic, topic, failures, topic.Key))
                : Enum.TryParse<Layer>(section.Key, ignoreCase: true, out var layer) && layer != Layer.Topic
                    ? Add(layers, layer, section, failures)
                    : Refuse(layers, failures, $"'{section.Path}' is no setting of Weir. Known here: {string.Join(", ", Layers)}.");
        }

        return failures.Count == 0
            ? KafkaConnection.Of(name, layers)
            : throw new OptionsValidationException(name, typeof(KafkaConnection), failures);
    }

    /// <summary>Has the client look at all settings, as it does when a job opens it.</summary>
    /// <exception cref="OptionsValidationException">There are no servers, or the client does not take a value.</exception>
    public static void Check(KafkaConnection connection)
    {
        var name = connection.Name;
        if (string.IsNullOrWhiteSpace(connection.Layers.Client["bootstrap.servers"]))
        {
            throw new OptionsValidationException(
                name,
                typeof(KafkaConnection),
                [$"The Kafka connection '{name}' has no servers. Set 'ConnectionStrings:{name}' to some of its brokers, such as "
                    + "'broker-1:9092,broker-2:9092'."]);
        }

        try
        {
            connection.CheckSettings();
        }
        catch (KafkaSettingException failure)
        {
            throw new OptionsValidationException(name, typeof(KafkaConnection), [failure.Message]);
        }
    }

    private static ConnectionLayers Add(
        ConnectionLayers layers, Layer layer, IConfigurationSection section, List<string> failures, string topic = "")
    {
        foreach (var (key, value) in section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null))
        {
            layers = layers.With(layer, key, value!, $"'{section.Path}:{key}'", out var refusal, topic);
            if (refusal is not null)
            {
                failures.Add(refusal);
            }
        }

        return layers;
    }

    private static ConnectionLayers Refuse(ConnectionLayers layers, List<string> failures, string failure)
    {
        failures.Add(failure);
        return layers;
    }
}
