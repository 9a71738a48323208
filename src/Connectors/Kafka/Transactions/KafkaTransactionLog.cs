using System.Text.Json;
using Weir.KafkaLog.Client;
using Weir.KafkaLog.Telemetry;

namespace Weir.KafkaLog.Transactions;

/// <summary>The real cluster behind <see cref="ITransactionLog"/>.</summary>
internal sealed class KafkaTransactionLog(
    KafkaConnection connection, string transactionalId, string progressTopic, TimeSpan transactionTimeout, Action<string> warn)
    : ITransactionLog
{
    private readonly ClientNotices _notices = new(connection, warn);
    private readonly ProgressTopic _topic = new(connection, progressTopic, transactionTimeout, warn);
    private IReadOnlyDictionary<string, long>? _limits;

    public string Servers => connection.Servers;

    public string TransactionalId => transactionalId;

    public string ProgressTopic => progressTopic;

    /// <summary>Gets the topics that are written.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Gets what counts messages that were given up.</summary>
    public SentMessages Sent { get; init; } = new(null);

    /// <summary>Gets the topics that are read at this cluster.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Gets what is told of the names that are used, as the rest of a sentence about the job.</summary>
    public Action<string> Note { get; init; } = static _ => { };

    public void Check()
    {
        if (_limits is not null)
        {
            return;
        }

        var limits = TopicChecks.Check(connection, Inputs, Outputs, _notices.Events, warn);
        Note($"writes to Kafka {Servers} in transactions of '{transactionalId}', as {connection.Principal}. Its progress is in the topic "
            + $"'{progressTopic}'. The broker gives a transaction up that is open for longer than {transactionTimeout:c}.");
        _limits = limits;
    }

    public long LimitOf(string? topic) => MessageSize.Limit(
        connection.ForProducer(), topic is not null && _limits?.TryGetValue(topic, out var bytes) == true ? bytes : null);

    public ITransactionProducer Open()
    {
        _topic.Ensure(CancellationToken.None);
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
