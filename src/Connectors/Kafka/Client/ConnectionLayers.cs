using System.Collections.Immutable;

namespace Weir.KafkaLog.Client;

/// <summary>For whom a layer of settings is.</summary>
internal enum Layer
{
    /// <summary>All clients.</summary>
    Client,

    /// <summary>What reads.</summary>
    Consumer,

    /// <summary>What writes.</summary>
    Producer,

    /// <summary>What asks for topics, and makes the progress topic.</summary>
    Admin,

    /// <summary>One topic.</summary>
    Topic,
}

/// <summary>The settings of a connection in their layers. Immutable; merged key by key, the later wins.</summary>
/// <param name="Client">Those of all clients.</param>
/// <param name="Consumer">Those of what reads.</param>
/// <param name="Producer">Those of what writes.</param>
/// <param name="Admin">Those of what asks.</param>
/// <param name="Topics">Those of single topics.</param>
internal sealed record ConnectionLayers(
    ClientSettings Client,
    ClientSettings Consumer,
    ClientSettings Producer,
    ClientSettings Admin,
    ImmutableSortedDictionary<string, ClientSettings> Topics)
{
    /// <summary>Gets none.</summary>
    public static ConnectionLayers Empty => new(
        new ClientSettings(),
        new ClientSettings(),
        new ClientSettings(),
        new ClientSettings(),
        ImmutableSortedDictionary.Create<string, ClientSettings>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Adds a setting.</summary>
    /// <param name="layer">To which layer.</param>
    /// <param name="key">Its dotted name, or that of a property of <c>ConsumerConfig</c>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="origin">Where it was said, for messages.</param>
    /// <param name="refusal">Why it cannot be; null if it can.</param>
    /// <param name="topic">Of which topic.</param>
    /// <returns>These layers with it; without it if it is refused.</returns>
    public ConnectionLayers With(Layer layer, string key, string value, string origin, out string? refusal, string topic = "")
    {
        var setting = ClientSetting.Find(key);
        refusal = RefusalOf(setting, layer, key, value, origin);
        if (refusal is not null)
        {
            return this;
        }

        ClientSettings Changed(ClientSettings settings) => settings.Copy().Set(setting!.Name, setting.ValueOf(value), origin);
        return layer switch
        {
            Layer.Client => this with { Client = Changed(Client) },
            Layer.Consumer => this with { Consumer = Changed(Consumer) },
            Layer.Producer => this with { Producer = Changed(Producer) },
            Layer.Admin => this with { Admin = Changed(Admin) },
            _ => this with { Topics = Topics.SetItem(topic, Changed(Topics.GetValueOrDefault(topic) ?? new ClientSettings())) },
        };
    }

    /// <summary>Lays others over these.</summary>
    public ConnectionLayers Add(ConnectionLayers others) => new(
        Client.Copy().Add(others.Client),
        Consumer.Copy().Add(others.Consumer),
        Producer.Copy().Add(others.Producer),
        Admin.Copy().Add(others.Admin),
        others.Topics.Aggregate(
            Topics, (all, one) => all.SetItem(one.Key, (all.GetValueOrDefault(one.Key) ?? new ClientSettings()).Copy().Add(one.Value))));

    /// <summary>The settings of a client that reads topics.</summary>
    /// <param name="topics">Which topics; what one of them has on its own holds for the client.</param>
    /// <exception cref="KafkaSettingException">Two topics of the client want different things of it.</exception>
    public ClientSettings ForConsumer(IEnumerable<string> topics)
    {
        var settings = Without(Client, 'P').Add(Consumer);
        var own = new ClientSettings();
        foreach (var topic in topics)
        {
            foreach (var (name, value, origin) in Topics.GetValueOrDefault(topic)?.All ?? [])
            {
                if (ClientSetting.Find(name)?.Scope == 'P')
                {
                    continue;
                }

                if (own[name] is { } other && other != value)
                {
                    throw new KafkaSettingException(
                        $"{own.OriginOf(name)} and {origin} differ, and one source reads both topics with one client. Make two sources, "
                            + "or say the same for both.");
                }

                own.Set(name, value, origin);
            }
        }

        return settings.Add(own);
    }

    /// <summary>The settings of a client that writes; with those of single topics.</summary>
    public ClientSettings ForProducer()
    {
        var settings = Without(Client, 'C').Add(Producer);
        foreach (var (topic, own) in Topics)
        {
            settings.Topics[topic] = Only(own, setting => setting.IsOfTopic);
        }

        return settings;
    }

    /// <summary>The settings of a client that asks.</summary>
    public ClientSettings ForAdmin() => Without(Without(Client, 'C'), 'P').Add(Admin);

    private static ClientSettings Without(ClientSettings settings, char scope) => Only(settings, setting => setting.Scope != scope);

    private static ClientSettings Only(ClientSettings settings, Func<ClientSetting, bool> isWanted)
    {
        var some = new ClientSettings();
        foreach (var (name, value, origin) in settings.All)
        {
            if (ClientSetting.Find(name) is not { } setting || isWanted(setting))
            {
                some.Set(name, value, origin);
            }
        }

        return some;
    }

    private static string? RefusalOf(ClientSetting? setting, Layer layer, string key, string value, string origin)
    {
        if (setting is null)
        {
            var meant = ClientSetting.Near(key) is { } near ? $" '{near}' is one: did you mean that?"
                : " The names are those of librdkafka's CONFIGURATION.md, or of the properties of Confluent's ConsumerConfig.";
            return $"{origin} is no setting of Kafka's client.{meant}";
        }

        return ReservedSettings.Refusal(setting.Name, setting.ValueOf(value), origin) ?? (layer, setting.Scope) switch
        {
            (Layer.Consumer, 'P') => $"{origin} sets '{setting.Name}', which only producers have. Put it into Producer (WithProducer).",
            (Layer.Producer, 'C') => $"{origin} sets '{setting.Name}', which only consumers have. Put it into Consumer (WithConsumer).",
            (Layer.Admin, not '*') => $"{origin} sets '{setting.Name}', which only consumers or producers have. Put it there.",
            (Layer.Topic, not 'C') when !setting.IsOfTopic =>
                $"{origin} sets '{setting.Name}', which is of a client with all its topics. Put it into "
                    + $"{(setting.Scope == 'P' ? "Producer" : "Client")}.",
            _ => null,
        };
    }
}
