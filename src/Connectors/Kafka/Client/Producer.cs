using System.Globalization;
using Weir.KafkaLog.Native;

namespace Weir.KafkaLog.Client;

/// <summary>Writes messages: without transactions, idempotently; or in transactions, one at a time.</summary>
/// <remarks>
/// <see cref="Produce"/> and <see cref="ProduceBatch"/> may be called by several threads at once; the calls of a transaction by one at a
/// time, while nobody produces. Every error but a full queue means that the transaction, or without transactions the message, is lost.
/// </remarks>
internal sealed unsafe class Producer : IDisposable
{
    private const int Copy = 0x2;
    private const int WithPartition = 0x8;
    private const int PurgeAll = 0x3;

    private static readonly TimeSpan LongestTelling = TimeSpan.FromSeconds(1);

    private readonly ClientHandle _handle;
    private readonly Dictionary<string, nint> _topics = new(StringComparer.Ordinal);
    private readonly Lock _topicsLock = new();
    private readonly Dictionary<string, ClientSettings> _topicSettings;
    private volatile FailedDelivery? _failed;

    /// <summary>Makes a producer.</summary>
    /// <param name="settings">The user's settings. What Weir decides is put over them.</param>
    /// <param name="events">What is told of it.</param>
    /// <param name="transaction">How it writes in transactions; null for without.</param>
    public Producer(ClientSettings settings, ClientEvents events, TransactionSettings? transaction = null)
    {
        var own = settings.Copy()
            .Own("enable.idempotence", "true")
            .Own("delivery.report.only.error", "true")
            .Default("allow.auto.create.topics", "false")
            .Default("partitioner", "murmur2_random")
            .Default("linger.ms", 5)
            .Default("message.max.bytes", MessageSize.ClientBytes)
            .Default("socket.nagle.disable", "true");
        if (transaction is not null)
        {
            own.Own("transactional.id", transaction.Id)
                .Own("transaction.timeout.ms", Milliseconds(transaction.Timeout))
                .Default("message.timeout.ms", (long)Math.Min(120_000, transaction.Timeout.TotalMilliseconds - 1_000))
                .Default("socket.timeout.ms", (long)Math.Min(30_000, transaction.Timeout.TotalMilliseconds));
        }

        _topicSettings = own.Topics;
        _handle = new ClientHandle(Rd.Producer, own, events with
        {
            OnDeliveryFailed = failed =>
            {
                // The one that is to blame, whatever is told before it.
                if (_failed is null or { IsConsequence: true })
                {
                    _failed = failed;
                }

                events.OnDeliveryFailed(failed);
            },
        });
    }

    public string Servers => _handle.Servers;

    /// <summary>Gets the first message that could not be delivered for good; null for none.</summary>
    public FailedDelivery? Failed => _failed;

    /// <summary>
    /// Waits a moment for the message that a refused call, or a message that was given up, is due to: the client tells it behind those.
    /// </summary>
    /// <returns>The message; null if none is known to have failed.</returns>
    public FailedDelivery? AwaitFailed()
    {
        SpinWait.SpinUntil(() => _failed is { IsConsequence: false }, LongestTelling);
        return _failed;
    }

    /// <summary>Gets whom the brokers know the client as, for messages.</summary>
    public string Principal => _handle.Principal;

    /// <summary>Gets how many messages wait or are on their way.</summary>
    public int Waiting => Rd.rd_kafka_outq_len(_handle.Pointer);

    /// <summary>Opens a topic to write to. Kept until the producer is disposed.</summary>
    public nint Topic(string name)
    {
        lock (_topicsLock)
        {
            if (!_topics.TryGetValue(name, out var topic))
            {
                topic = Rd.rd_kafka_topic_new(_handle.Pointer, name, OwnSettings(name));
                _topics.Add(name, topic != 0 ? topic : throw new KafkaSettingException($"The Kafka client does not take the topic name "
                    + $"'{name}'."));
            }

            return topic;
        }
    }

    /// <summary>Has the client learn which partitions a topic has. Blocks.</summary>
    /// <remarks>
    /// Before it knows them it puts a message of a given partition aside under the partition −1, and in a batch it asks for that in the
    /// transaction as well: the broker refuses, and the transaction is lost.
    /// </remarks>
    /// <returns>Why it could not; null if it did.</returns>
    public KafkaError? Learn(nint topic, TimeSpan timeout)
    {
        RdMetadata* metadata = null;
        var error = RdAdmin.rd_kafka_metadata(_handle.Pointer, 0, topic, &metadata, (int)timeout.TotalMilliseconds);
        if (metadata != null)
        {
            RdAdmin.rd_kafka_metadata_destroy(metadata);
        }

        return error == 0 ? null : KafkaError.Of(error);
    }

    /// <summary>Copies messages into the client's queue.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="messages">Payload, key and partition of each. Of those that are not taken, <see cref="RdMessage.Error"/> says
    /// why.</param>
    /// <returns>How many were taken.</returns>
    public int ProduceBatch(nint topic, Span<RdMessage> messages)
    {
        fixed (RdMessage* first = messages)
        {
            return Rd.rd_kafka_produce_batch(topic, -1, Copy | WithPartition, first, messages.Length);
        }
    }

    /// <summary>Copies one message with its time and headers into the client's queue.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="message">Payload, key and partition; −1 lets the client choose.</param>
    /// <param name="timestamp">Milliseconds of Unix; null for now.</param>
    /// <param name="headers">Its headers, taken over if the call succeeds; 0 for none.</param>
    /// <returns>Why it was not taken; null if it was.</returns>
    public KafkaError? Produce(nint topic, in RdMessage message, long? timestamp, nint headers)
    {
        var values = stackalloc RdValue[7];
        values[0] = new RdValue { Tag = RdValue.OfTopic, Pointer = topic };
        values[1] = new RdValue { Tag = RdValue.OfPartition, Int32 = message.Partition };
        values[2] = new RdValue { Tag = RdValue.OfFlags, Int32 = Copy };
        values[3] = new RdValue { Tag = RdValue.OfValue, Pointer = (nint)message.Payload, Size = message.Length };
        values[4] = new RdValue { Tag = RdValue.OfKey, Pointer = (nint)message.Key, Size = message.KeyLength };
        nuint count = 5;
        if (timestamp is { } time)
        {
            values[count++] = new RdValue { Tag = RdValue.OfTimestamp, Int64 = time };
        }

        if (headers != 0)
        {
            values[count++] = new RdValue { Tag = RdValue.OfHeaders, Pointer = headers };
        }

        return KafkaError.Take(Rd.rd_kafka_produceva(_handle.Pointer, values, count));
    }

    /// <summary>Waits until all that was produced is delivered or has failed.</summary>
    /// <returns>Whether nothing waits any more.</returns>
    public bool Flush(TimeSpan timeout) => Rd.rd_kafka_flush(_handle.Pointer, (int)timeout.TotalMilliseconds) == 0;

    /// <summary>Shuts out earlier holders of the transactional id, and ends what they left open. Blocks; may be called again if
    /// retriable.</summary>
    public KafkaError? InitTransactions(TimeSpan timeout) =>
        KafkaError.Take(Rd.rd_kafka_init_transactions(_handle.Pointer, (int)timeout.TotalMilliseconds));

    /// <summary>Begins a transaction, in the client alone: the broker hears of it with the first message.</summary>
    public KafkaError? BeginTransaction() => KafkaError.Take(Rd.rd_kafka_begin_transaction(_handle.Pointer));

    /// <summary>Flushes and commits. Blocks; if it is retriable, no other call than this one may follow.</summary>
    public KafkaError? CommitTransaction(TimeSpan timeout) =>
        KafkaError.Take(Rd.rd_kafka_commit_transaction(_handle.Pointer, (int)timeout.TotalMilliseconds));

    /// <summary>Gives the transaction up. Blocks.</summary>
    public KafkaError? AbortTransaction(TimeSpan timeout) =>
        KafkaError.Take(Rd.rd_kafka_abort_transaction(_handle.Pointer, (int)timeout.TotalMilliseconds));

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Rd.rd_kafka_purge(_handle.Pointer, PurgeAll);
        lock (_topicsLock)
        {
            foreach (var topic in _topics.Values)
            {
                Rd.rd_kafka_topic_destroy(topic);
            }

            _topics.Clear();
        }

        _handle.Dispose();
    }

    // 0 for those of the client.
    private nint OwnSettings(string topic)
    {
        if (!_topicSettings.TryGetValue(topic, out var settings))
        {
            return 0;
        }

        var conf = Rd.rd_kafka_default_topic_conf_dup(_handle.Pointer);
        settings.ToTopic(conf);
        return conf;
    }

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}

/// <summary>How a producer writes in transactions.</summary>
/// <param name="Id">The transactional id: the same at each start, and nobody else's.</param>
/// <param name="Timeout">How long a transaction may be open before the broker gives it up.</param>
internal sealed record TransactionSettings(string Id, TimeSpan Timeout);
