using System.Globalization;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>The settings of one client by librdkafka's dotted names, with where each of them was said.</summary>
internal sealed class ClientSettings
{
    private readonly Dictionary<string, (string Value, string Origin)> _values = new(StringComparer.Ordinal);

    /// <summary>Gets what single topics have on their own, where this is of a client that writes.</summary>
    public Dictionary<string, ClientSettings> Topics { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A copy to add to.</summary>
    public ClientSettings Copy()
    {
        var copy = new ClientSettings();
        foreach (var (topic, settings) in Topics)
        {
            copy.Topics.Add(topic, settings);
        }

        foreach (var (name, value) in _values)
        {
            copy._values.Add(name, value);
        }

        return copy;
    }

    /// <summary>Sets a value: a later one replaces an earlier one.</summary>
    /// <param name="name">The dotted name.</param>
    /// <param name="value">The value.</param>
    /// <param name="origin">Where it was said, for messages: a path of the configuration, or a place in code.</param>
    public ClientSettings Set(string name, string value, string origin)
    {
        _values[name] = (value, origin);
        return this;
    }

    /// <summary>Puts other settings over these.</summary>
    public ClientSettings Add(ClientSettings others)
    {
        foreach (var (name, value) in others._values)
        {
            _values[name] = value;
        }

        return this;
    }

    /// <summary>Sets a value that is Weir's to decide.</summary>
    public ClientSettings Own(string name, string value) => Set(name, value, "Weir");

    /// <summary>Sets a value that Weir would choose, unless somebody has said another.</summary>
    public ClientSettings Default(string name, string value)
    {
        _values.TryAdd(name, (value, "Weir"));
        return this;
    }

    /// <summary>Sets a number that Weir would choose, unless somebody has said another.</summary>
    public ClientSettings Default(string name, long value) => Default(name, value.ToString(CultureInfo.InvariantCulture));

    public string? this[string name] => _values.TryGetValue(name, out var value) ? value.Value : null;

    public string? OriginOf(string name) => _values.TryGetValue(name, out var value) ? value.Origin : null;

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Gets all of them, each with where it was said.</summary>
    public IEnumerable<(string Name, string Value, string Origin)> All =>
        _values.Select(pair => (pair.Key, pair.Value.Value, pair.Value.Origin));

    /// <summary>Whether others say the same, wherever they were said.</summary>
    public bool IsSameAs(ClientSettings other) => Names.Union(other.Names).All(name => this[name] == other[name]);

    /// <summary>Whether brokers know a client of others as the same principal.</summary>
    public bool IsSamePrincipalAs(ClientSettings other) => Names.Union(other.Names)
        .Where(static name => name.StartsWith("sasl.", StringComparison.Ordinal) || name.StartsWith("ssl.", StringComparison.Ordinal)
            || name == "security.protocol")
        .All(name => this[name] == other[name]);

    /// <summary>A text of the client without the secrets that are among the settings.</summary>
    public string Hide(string? text)
    {
        var hidden = text ?? "";
        foreach (var (name, (value, _)) in _values)
        {
            if (value.Length > 0 && ClientSetting.IsSecret(name))
            {
                hidden = hidden.Replace(value, "(hidden)", StringComparison.Ordinal);
            }
        }

        return hidden;
    }

    /// <summary>The brokers, for messages.</summary>
    public string Servers => this["bootstrap.servers"] ?? this["metadata.broker.list"] ?? "(no servers)";

    /// <summary>Has the client look at all names and values.</summary>
    /// <exception cref="KafkaSettingException">The client does not know a name, or does not take a value.</exception>
    public void Check() => Rd.rd_kafka_conf_destroy(ToNative());

    /// <summary>Puts these over the settings that a topic has from its client.</summary>
    /// <param name="conf">Those of the topic.</param>
    /// <exception cref="KafkaSettingException">The client does not take a value.</exception>
    public unsafe void ToTopic(nint conf)
    {
        Span<byte> error = stackalloc byte[512];
        fixed (byte* text = error)
        {
            foreach (var (name, (value, origin)) in _values)
            {
                if (Rd.rd_kafka_topic_conf_set(conf, name, value, text, (nuint)error.Length) != 0)
                {
                    throw Refused(name, origin, text);
                }
            }
        }
    }

    /// <summary>Makes the configuration object that a new client takes over.</summary>
    /// <exception cref="KafkaSettingException">The client does not know a name, or does not take a value.</exception>
    public unsafe nint ToNative()
    {
        var conf = Rd.rd_kafka_conf_new();
        Span<byte> error = stackalloc byte[512];
        fixed (byte* text = error)
        {
            foreach (var (name, (value, origin)) in _values)
            {
                if (Rd.rd_kafka_conf_set(conf, name, value, text, (nuint)error.Length) != 0)
                {
                    Rd.rd_kafka_conf_destroy(conf);
                    throw Refused(name, origin, text);
                }
            }
        }

        return conf;
    }

    private unsafe KafkaSettingException Refused(string name, string origin, byte* text) => new(
        $"The Kafka client does not take '{name}' of {origin}: {Hide(Utf8.Text(text)).TrimEnd('.')}. "
            + "The names and values are those of librdkafka's CONFIGURATION.md.");
}

/// <summary>A setting that cannot be: no other try can help.</summary>
internal sealed class KafkaSettingException(string message) : Exception(message), IPermanentFailure;
