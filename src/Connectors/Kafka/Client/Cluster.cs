using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>Asks a cluster for its topics and their settings, and makes topics. All calls block.</summary>
internal sealed unsafe class Cluster : IDisposable
{
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(500);

    // A broker that has just started may not know its users yet.
    private static readonly TimeSpan RefusalTime = TimeSpan.FromSeconds(2);

    private readonly ClientHandle _handle;
    private readonly TimeSpan _timeout;

    /// <summary>Opens a client that asks.</summary>
    /// <param name="settings">The user's settings.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="timeout">How long a call waits.</param>
    public Cluster(ClientSettings settings, ClientEvents events, TimeSpan timeout)
    {
        _timeout = timeout;
        _handle = new ClientHandle(Rd.Producer, settings.Copy().Default("allow.auto.create.topics", "false"), events);
    }

    public string Servers => _handle.Servers;

    /// <summary>Gets whom the brokers know the client as, for messages.</summary>
    public string Principal => _handle.Principal;

    /// <summary>Gets a value indicating whether what it may read is what those may who read.</summary>
    public bool SpeaksForReaders { get; init; } = true;

    /// <summary>Asks any broker for nothing but an answer.</summary>
    /// <exception cref="KafkaClientException">None answers in time.</exception>
    public void Reach() => RdAdmin.rd_kafka_metadata_destroy(Ask("Asking for the brokers", all: false, topic: 0));

    /// <summary>Lists the topics of the cluster, internal ones left out.</summary>
    public IReadOnlyList<TopicFacts> Topics() => Metadata(null);

    /// <summary>Looks at some topics.</summary>
    /// <returns>What is known of each; those that do not exist, or must not be seen, say so by their error.</returns>
    public IReadOnlyList<TopicFacts> Topics(IReadOnlyCollection<string> names)
    {
        var found = new List<TopicFacts>();
        foreach (var name in names)
        {
            found.AddRange(Metadata(name));
        }

        return found;
    }

    /// <summary>Asks for the ids of topics: a topic that was deleted and made anew has another one.</summary>
    public IReadOnlyDictionary<string, string> TopicIds(IReadOnlyCollection<string> names) =>
        Describe(names).ToDictionary(pair => pair.Key, pair => pair.Value.Id, StringComparer.Ordinal);

    /// <summary>Asks for the ids of topics, and for what may be done with them. Those that are not there are left out.</summary>
    public IReadOnlyDictionary<string, TopicDescription> Describe(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return new Dictionary<string, TopicDescription>();
        }

        var texts = names.Select(name => Encoding.UTF8.GetBytes(name + "\0")).ToArray();
        var handles = texts.Select(text => GCHandle.Alloc(text, GCHandleType.Pinned)).ToArray();
        try
        {
            var pointers = stackalloc byte*[texts.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                pointers[i] = (byte*)handles[i].AddrOfPinnedObject();
            }

            var topics = RdAdmin.rd_kafka_TopicCollection_of_topic_names(pointers, (nuint)texts.Length);
            try
            {
                var found = new Dictionary<string, TopicDescription>(StringComparer.Ordinal);
                Ask("Asking for the ids of topics", RdAdmin.AnyOperation, (options, queue) =>
                {
                    _ = KafkaError.Take(RdAdmin.rd_kafka_AdminOptions_set_include_authorized_operations(options, 1));
                    RdAdmin.rd_kafka_DescribeTopics(_handle.Pointer, topics, options, queue);
                }, e => ReadDescriptions(e, found));
                return found;
            }
            finally
            {
                RdAdmin.rd_kafka_TopicCollection_destroy(topics);
            }
        }
        finally
        {
            foreach (var handle in handles)
            {
                handle.Free();
            }
        }
    }

    /// <summary>Makes a topic, unless it exists.</summary>
    /// <param name="name">The topic.</param>
    /// <param name="partitions">Its partitions.</param>
    /// <param name="settings">Settings of the topic.</param>
    /// <param name="replicationFactor">Its replication factor; −1 for the broker's default.</param>
    /// <returns>Whether it was made.</returns>
    public bool CreateTopic(string name, int partitions, IReadOnlyDictionary<string, string> settings, int replicationFactor = -1)
    {
        var topic = RdAdmin.rd_kafka_NewTopic_new(name, partitions, replicationFactor, null, 0);
        try
        {
            foreach (var (key, value) in settings)
            {
                _ = RdAdmin.rd_kafka_NewTopic_set_config(topic, key, value);
            }

            var isMade = true;
            Ask($"Making the topic '{name}'", RdAdmin.CreateTopics, (options, queue) =>
            {
                var made = topic;
                RdAdmin.rd_kafka_CreateTopics(_handle.Pointer, &made, 1, options, queue);
            }, e => isMade = WasMade(e, name));
            return isMade;
        }
        finally
        {
            RdAdmin.rd_kafka_NewTopic_destroy(topic);
        }
    }

    /// <summary>Asks for the settings of a topic or a broker, with their defaults.</summary>
    /// <param name="type"><see cref="RdAdmin.TopicResource"/> or <see cref="RdAdmin.BrokerResource"/>.</param>
    /// <param name="name">The topic, or the number of the broker.</param>
    public IReadOnlyDictionary<string, string> Settings(int type, string name)
    {
        var resource = RdAdmin.rd_kafka_ConfigResource_new(type, name);
        try
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal);
            Ask($"Asking for the settings of '{name}'", RdAdmin.DescribeConfigs, (options, queue) =>
            {
                var asked = resource;
                RdAdmin.rd_kafka_DescribeConfigs(_handle.Pointer, &asked, 1, options, queue);
            }, e => ReadSettings(e, name, settings));
            return settings;
        }
        finally
        {
            RdAdmin.rd_kafka_ConfigResource_destroy(resource);
        }
    }

    /// <summary>Asks a broker, whichever answers, for one of its settings; null if it has none of that name.</summary>
    public string? BrokerSetting(string name)
    {
        var metadata = Ask("Asking for the brokers", all: false, topic: 0);
        var broker = metadata->BrokerCount > 0 ? metadata->Brokers[0].Id.ToString(CultureInfo.InvariantCulture) : null;
        RdAdmin.rd_kafka_metadata_destroy(metadata);
        return broker is null ? null : Settings(RdAdmin.BrokerResource, broker).GetValueOrDefault(name);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private List<TopicFacts> Metadata(string? name)
    {
        var topic = name is null ? 0 : Rd.rd_kafka_topic_new(_handle.Pointer, name, 0);
        try
        {
            var metadata = Ask(name is null ? "Asking for all topics" : $"Asking for the topic '{name}'", all: name is null, topic);
            var facts = new List<TopicFacts>(metadata->TopicCount);
            for (var i = 0; i < metadata->TopicCount; i++)
            {
                facts.Add(TopicFacts.Of(metadata->Topics[i], metadata->BrokerCount));
            }

            RdAdmin.rd_kafka_metadata_destroy(metadata);
            return facts;
        }
        finally
        {
            if (topic != 0)
            {
                Rd.rd_kafka_topic_destroy(topic);
            }
        }
    }

    private RdMetadata* Ask(string what, bool all, nint topic)
    {
        var begun = Stopwatch.GetTimestamp();
        var piece = Piece;
        while (true)
        {
            // In pieces: who is not let in is not to wait for an answer that cannot come. Each asks anew, so each is longer than the one
            // before: a slow cluster answers one of them.
            RdMetadata* metadata;
            var left = _timeout - Stopwatch.GetElapsedTime(begun);
            var wait = Math.Max(1, (int)Math.Min(left.TotalMilliseconds, piece.TotalMilliseconds));
            piece *= 2;
            var error = RdAdmin.rd_kafka_metadata(_handle.Pointer, all ? 1 : 0, topic, &metadata, wait);
            if (error == 0)
            {
                return metadata;
            }

            if (_handle.Refusal is { } refusal && Stopwatch.GetElapsedTime(begun) > RefusalTime)
            {
                throw KafkaClientException.Of(what, Servers, refusal, principal: _handle.Principal);
            }

            if (Stopwatch.GetElapsedTime(begun) >= _timeout || error is not (ErrorCodes.TimedOut or ErrorCodes.Transport))
            {
                throw KafkaClientException.Of(what, Servers, KafkaError.Of(error), _handle.LastError, _handle.Principal);
            }
        }
    }

    private void Ask(string what, int operation, Action<nint, nint> call, Action<nint> read)
    {
        var options = RdAdmin.rd_kafka_AdminOptions_new(_handle.Pointer, operation);
        var queue = Rd.rd_kafka_queue_new(_handle.Pointer);
        try
        {
            _ = RdAdmin.rd_kafka_AdminOptions_set_request_timeout(options, (int)_timeout.TotalMilliseconds, null, 0);
            call(options, queue);
            var e = Rd.rd_kafka_queue_poll(queue, (int)_timeout.TotalMilliseconds + 5_000);
            if (e == 0)
            {
                throw KafkaClientException.Of(what, Servers, KafkaError.Of(ErrorCodes.TimedOut));
            }

            try
            {
                if (Rd.rd_kafka_event_error(e) is not 0 and var error)
                {
                    throw KafkaClientException.Of(
                        what, Servers, new KafkaError(error, Utf8.Text(Rd.rd_kafka_event_error_string(e)) ?? ""), principal: Principal);
                }

                read(e);
            }
            finally
            {
                Rd.rd_kafka_event_destroy(e);
            }
        }
        finally
        {
            Rd.rd_kafka_queue_destroy(queue);
            RdAdmin.rd_kafka_AdminOptions_destroy(options);
        }
    }

    private static void ReadDescriptions(nint e, Dictionary<string, TopicDescription> found)
    {
        nuint count;
        var topics = RdAdmin.rd_kafka_DescribeTopics_result_topics(RdAdmin.rd_kafka_event_DescribeTopics_result(e), &count);
        for (var i = 0; i < (int)count; i++)
        {
            // The error belongs to the description. Topics that are not there are left out.
            var error = RdAdmin.rd_kafka_TopicDescription_error(topics[i]);
            if (error == 0 || Rd.rd_kafka_error_code(error) == 0)
            {
                nuint rights;
                var allowed = RdAdmin.rd_kafka_TopicDescription_authorized_operations(topics[i], &rights);
                var set = new HashSet<Right>();
                for (var right = 0; right < (int)rights; right++)
                {
                    set.Add((Right)allowed[right]);
                }

                found[Utf8.Text(RdAdmin.rd_kafka_TopicDescription_name(topics[i])) ?? ""] = new TopicDescription(
                    Utf8.Text(RdAdmin.rd_kafka_Uuid_base64str(RdAdmin.rd_kafka_TopicDescription_topic_id(topics[i]))) ?? "", set);
            }
        }
    }

    private bool WasMade(nint e, string name)
    {
        nuint count;
        var results = RdAdmin.rd_kafka_CreateTopics_result_topics(RdAdmin.rd_kafka_event_CreateTopics_result(e), &count);
        var error = RdAdmin.rd_kafka_topic_result_error(results[0]);
        return error switch
        {
            ErrorCodes.None => true,
            ErrorCodes.TopicAlreadyExists => false,
            _ => throw KafkaClientException.Of(
                $"Making the topic '{name}'",
                Servers,
                new KafkaError(error, Utf8.Text(RdAdmin.rd_kafka_topic_result_error_string(results[0])) ?? ""),
                principal: Principal),
        };
    }

    private void ReadSettings(nint e, string name, Dictionary<string, string> settings)
    {
        nuint count;
        var resources = RdAdmin.rd_kafka_DescribeConfigs_result_resources(RdAdmin.rd_kafka_event_DescribeConfigs_result(e), &count);
        if (RdAdmin.rd_kafka_ConfigResource_error(resources[0]) is not 0 and var error)
        {
            throw KafkaClientException.Of(
                $"Asking for the settings of '{name}'",
                Servers,
                new KafkaError(error, Utf8.Text(RdAdmin.rd_kafka_ConfigResource_error_string(resources[0])) ?? ""),
                principal: Principal);
        }

        var entries = RdAdmin.rd_kafka_ConfigResource_configs(resources[0], &count);
        for (var i = 0; i < (int)count; i++)
        {
            var setting = Utf8.Text(RdAdmin.rd_kafka_ConfigEntry_name(entries[i])) ?? "";
            settings[setting] = Utf8.Text(RdAdmin.rd_kafka_ConfigEntry_value(entries[i])) ?? "";
        }
    }
}
