using System.Text.Json;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Reading;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Transactions;

/// <summary>The real cluster behind <see cref="ITransactionLog"/>.</summary>
internal sealed class KafkaTransactionLog(
    KafkaConnection connection, string transactionalId, string progressTopic, TimeSpan transactionTimeout, Action<string> warn)
    : ITransactionLog
{
    private static readonly TimeSpan CallTime = TimeSpan.FromSeconds(10);

    private readonly ClientNotices _notices = new(connection, warn);
    private readonly ProgressTopic _topic = new(connection, progressTopic, transactionTimeout, warn);
    private IReadOnlyDictionary<string, long>? _limits;

    public string Servers => connection.Servers;

    public string Principal => connection.ProducerPrincipal;

    public string TransactionalId => transactionalId;

    public string ProgressTopic => progressTopic;

    /// <summary>Gets the topics that are written.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Gets what counts messages that were given up.</summary>
    public SentMessages Sent { get; init; } = new(null);

    /// <summary>Gets the sources that read topics, of this cluster or others.</summary>
    public IReadOnlyList<IKafkaInput> Inputs { get; init; } = [];

    /// <summary>Gets what is told of the names that are used, as the rest of a sentence about the job.</summary>
    public Action<string> Note { get; init; } = static _ => { };

    public void Check()
    {
        if (_limits is not null)
        {
            return;
        }

        // Each source by its own name: it may have rights that the sink has not.
        var own = Inputs.Where(input => input.Connection.AsksAs(connection)).ToList();
        foreach (var other in Inputs.Except(own))
        {
            TopicChecks.Check(other.Connection, [other.Topics], [], other.Events, warn);
        }

        var limits = TopicChecks.Check(connection, [.. own.Select(input => input.Topics)], Outputs, _notices.Events, warn);
        _topic.Ensure(CancellationToken.None);
        Note($"writes to Kafka {Servers} in transactions of '{transactionalId}', as {connection.Principal}. Its progress is in the topic "
            + $"'{progressTopic}'. The broker gives a transaction up that is open for longer than {transactionTimeout:c}.");
        _limits = limits;
    }

    public long LimitOf(string? topic) => MessageSize.Limit(
        connection.ForProducer(), topic is not null && _limits?.TryGetValue(topic, out var bytes) == true ? bytes : null);

    public ITransactionProducer Open()
    {
        var events = _notices.Events;
        return new KafkaTransactionProducer(
            onLog => new Producer(
                connection.ForProducer().WithBatches(_limits?.Values ?? []),
                events with
                {
                    OnDeliveryFailed = Sent.OnFailed,
                    OnLog = (level, facility, text) =>
                    {
                        onLog(level, facility, text);
                        events.OnLog(level, facility, text);
                    },
                },
                new TransactionSettings(transactionalId, transactionTimeout)),
            progressTopic);
    }

    public ProgressRecord? ReadProgress(CancellationToken cancellation)
    {
        ProgressRecord? last = null;
        _topic.Read(
            (key, value, offset) => last = key.SequenceEqual(ProgressRecord.Key) ? Parse(value, offset) : last,
            cancellation);
        return last;
    }

    public (TimeSpan? Wanted, string? AllowedMs) AskTimes()
    {
        try
        {
            using var cluster = new Cluster(connection.ForAdmin(), _notices.Events, CallTime);
            return (transactionTimeout, cluster.BrokerSetting("transaction.max.timeout.ms"));
        }
        catch (KafkaClientException)
        {
            return (transactionTimeout, null);
        }
    }

    private ProgressRecord Parse(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            return ProgressRecord.Of(bytes);
        }
        catch (JsonException damage)
        {
            throw _topic.Refuse(offset, damage);
        }
    }
}
